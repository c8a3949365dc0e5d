"""The pages' FilterSets with strict validation: an invalid filter is an error, not ignored."""

from functools import singledispatch

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator, validate_slug
from drf_spectacular.plumbing import build_choice_description_list
from rest_framework.filters import BaseFilterBackend

from lists.filters import CountriesFilter, SlugsFilter, SortFilter, TextFilter
from website.api.problems import InvalidParameters

SLUG = "slug"
BOOLEANS = {"true", "false"}


class StrictFilterBackend(BaseFilterBackend):
    """Filter and sort a list by the view's `filterset_class`, or find an item by `slug`."""

    def filter_queryset(self, request, queryset, view):
        filterset = view.filterset_class(
            request.query_params, queryset=queryset, request=request
        )
        errors = {name: list(messages) for name, messages in filterset.errors.items()}
        errors |= _boolean_errors(filterset)
        if errors:
            raise InvalidParameters(errors)
        slug = request.query_params.get(SLUG)
        return filterset.qs.filter(slug=_valid_slug(slug)) if slug else filterset.results()

    def get_schema_operation_parameters(self, view):
        filters = view.filterset_class.base_filters
        described = [_describe(name, filter_) for name, filter_ in filters.items()]
        slug = _parameter(SLUG, "Only the item whose page address ends with this slug.")
        return [*described, slug]


def _valid_slug(text):
    try:
        for validate in (ProhibitNullCharactersValidator(), validate_slug):
            validate(text)
    except ValidationError as error:
        raise InvalidParameters({SLUG: error.messages}) from None
    return text


def _boolean_errors(filterset):
    """Return errors for boolean filters with values other than true and false.

    Django's NullBooleanField silently reads any other value as "not filtered".
    """
    return {
        name: [forms.ChoiceField.default_error_messages["invalid_choice"] % {"value": value}]
        for name, filter_ in filterset.filters.items()
        if isinstance(filter_, django_filters.BooleanFilter)
        and (value := filterset.data.get(name, "")[:20])
        and value.lower() not in BOOLEANS
    }


def _parameter(name, description, **schema):
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "string"} | schema,
    }


def _describe(name, filter_):
    meaning, schema = _value_description(filter_)
    is_multiple = isinstance(filter_, django_filters.MultipleChoiceFilter)
    repetition = "Repeat it to match any of several values." if is_multiple else ""
    sentences = " ".join(filter(None, (f"{filter_.label}.", repetition)))
    break_ = "\n\n" if meaning.startswith("*") else " "
    parameter = _parameter(name, f"{sentences}{break_}{meaning}".strip(), **schema)
    if is_multiple:
        parameter["schema"] = {"type": "array", "items": parameter["schema"]}
        parameter |= {"explode": True, "style": "form"}
    return parameter


def _choices(choices):
    """Return the choices as a Markdown list and as a JSON schema."""
    return build_choice_description_list(choices), {"enum": [code for code, _label in choices]}


@singledispatch
def _value_description(filter_):
    """Return a filter's description (Markdown) and its JSON schema."""
    return _choices(filter_.extra["choices"]) if "choices" in filter_.extra else ("", {})


@_value_description.register
def _text(filter_: TextFilter):
    return "Each word must occur in the item, in any language. Phrases, OR and minus work.", {
        "maxLength": 200
    }


@_value_description.register
def _slugs(filter_: SlugsFilter):
    return "By `slug`.", {}


@_value_description.register
def _countries(filter_: CountriesFilter):
    return "ISO 3166-1 alpha-2 code.", {"pattern": "^[A-Z]{2}$", "example": "BE"}


@_value_description.register
def _sort(filter_: SortFilter):
    sentence, schema = _choices(filter_.choices)
    sentence += "\n\nDefault when `q` is given: relevance."
    return sentence, schema | {"default": filter_.default}


@_value_description.register
def _date(filter_: django_filters.DateFilter):
    return "Inclusive, in the portal's time zone.", {"format": "date", "example": "2026-01-31"}


@_value_description.register
def _boolean(filter_: django_filters.BooleanFilter):
    return "", {"type": "boolean"}


@_value_description.register
def _number(filter_: django_filters.NumberFilter):
    limits = {"min_value": "minimum", "max_value": "maximum"}
    given = {limits[name]: filter_.extra[name] for name in limits if name in filter_.extra}
    return "", {"type": "integer", **given}

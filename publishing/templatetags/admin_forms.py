"""Filters for the admin's form templates. Each takes an AdminField or AdminReadonlyField."""

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import mark_safe

from publishing.admin.forms import zone_or_none
from publishing.fields import AmountField
from publishing.links import as_edited
from publishing.richtext import RichTextField, sanitize

register = template.Library()


def form_and_name(field):
    if field.is_readonly:
        return field.form, field.field["name"]
    return field.field.form, field.field.name


def model_field(field):
    """The model's field behind one of a form, or None for what an admin only computes."""
    form, name = form_and_name(field)
    try:
        return form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


@register.filter
def field_language(field):
    """Code of the language that the text is written in; empty for other fields."""
    return getattr(model_field(field), "language", "")


@register.filter
def text_name(field):
    """What the translations of one text have in common."""
    form, _name = form_and_name(field)
    return f"{form.prefix or ''}-{model_field(field).translated_field.name}"


@register.filter
def field_label(field):
    """Label of a read-only field, without the language that stands beside it."""
    found = model_field(field)
    original = getattr(found, "translated_field", None)
    return original.verbose_name if original else field.field["label"]


@register.filter
def readonly_contents(field):
    """A read-only value as readers see it: rich text as such, an amount with its thousands
    apart, an instant on the clock of its zone."""
    form, name = form_and_name(field)
    found = model_field(field)
    value = found and getattr(form.instance, found.name, None)
    if not value:
        return field.contents()
    if isinstance(found, RichTextField):
        return mark_safe(as_edited(sanitize(value)))  # sanitised
    if isinstance(found, AmountField):
        return number_format(value, force_grouping=True)
    if name in getattr(form, "zoned", ()):
        local = timezone.localtime(value, zone_or_none(form.instance.timezone))
        return date_format(local, "DATETIME_FORMAT")
    return field.contents()

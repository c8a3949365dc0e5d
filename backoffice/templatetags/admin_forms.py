"""Filters for the admin's form templates, for an AdminField or AdminReadonlyField."""

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import mark_safe

from backoffice.forms import zone_or_none
from localisation.fields import AmountField
from publishing.richtext import RichTextField, render_links_for_editing, sanitize

register = template.Library()


def form_and_name(field):
    if field.is_readonly:
        return field.form, field.field["name"]
    return field.field.form, field.field.name


def model_field(field):
    """Return the model field behind a form field, or None for a computed one."""
    form, name = form_and_name(field)
    try:
        return form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


@register.filter
def field_language(field):
    """Return the language code of a translated field, or "" for other fields."""
    return getattr(model_field(field), "language", "")


@register.filter
def text_name(field):
    """Return an identifier shared by the translations of a field."""
    form, _name = form_and_name(field)
    return f"{form.prefix or ''}-{model_field(field).translated_field.name}"


@register.filter
def field_label(field):
    """Return the label of a read-only field, without its language."""
    found = model_field(field)
    original = getattr(found, "translated_field", None)
    return original.verbose_name if original else field.field["label"]


@register.filter
def readonly_contents(field):
    """Return a read-only value as shown to readers.

    Rich text is rendered, amounts have thousands separators, instants are in their own zone.
    """
    form, name = form_and_name(field)
    found = model_field(field)
    value = found and getattr(form.instance, found.name, None)
    if not value:
        return field.contents()
    if isinstance(found, RichTextField):
        return mark_safe(render_links_for_editing(sanitize(value)))  # sanitised
    if isinstance(found, AmountField):
        return number_format(value, force_grouping=True)
    if name in getattr(form, "zoned", ()):
        local = timezone.localtime(value, zone_or_none(form.instance.timezone))
        return date_format(local, "DATETIME_FORMAT")
    return field.contents()

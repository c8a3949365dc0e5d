"""Accessible form controls of the admin, without inline code.

They work with keyboard and screen reader and are enhanced by `static/js/admin`.
"""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def control(field):
    """Return the control of a form field, without the admin's wrapper."""
    return getattr(field.widget, "widget", field.widget)


class DateInput(forms.DateInput):
    """Native date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """Native date and time picker, with seconds only if the value has any."""

    input_type = "datetime-local"

    def format_value(self, value):
        if hasattr(value, "isoformat"):
            precision = "seconds" if value.second else "minutes"
            return value.replace(tzinfo=None).isoformat(timespec=precision)
        return super().format_value(value)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if str(context["widget"]["value"] or "").count(":") > 1:
            context["widget"]["attrs"]["step"] = 1
        return context


class SelectedOptionsMixin:
    """Mixin for selects with too many options to render: only selected ones are.

    A script turns the select into a combobox; without scripts, its value is kept.
    """

    def optgroups(self, name, value, attrs=None):
        pairs = self.chosen([text for text in value if text])
        if not self.allow_multiple_selected:
            pairs = [("", ""), *pairs]
        options = [
            self.create_option(name, key, label, key in value, index)
            for index, (key, label) in enumerate(pairs)
        ]
        return [(None, options, 0)]

    def chosen(self, keys):
        """Return (key, label) of the keys that exist."""
        raise NotImplementedError


class RelationMixin(SelectedOptionsMixin):
    """Selection of related objects, searched with the admin's autocomplete view."""

    #: Prefetched selected objects, to avoid a query.
    known = ()

    def __init__(self, field, admin_site, attrs=None):
        super().__init__(attrs)
        self.field = field
        self.admin_site = admin_site

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-combobox-url": self.search_url()}

    def search_url(self):
        """Return the URL that searches for `term`."""
        options = self.field.model._meta
        query = {
            "app_label": options.app_label,
            "model_name": options.model_name,
            "field_name": self.field.name,
        }
        return f"{reverse(f'{self.admin_site.name}:autocomplete')}?{urlencode(query)}"

    def chosen(self, keys):
        found = {str(item.pk): item for item in self.known}
        if missing := [key for key in keys if key not in found]:
            found |= {str(item.pk): item for item in self.fetch(missing)}
        return [(key, str(found[key])) for key in keys if key in found]

    def fetch(self, keys):
        model = self.field.remote_field.model
        return model._default_manager.filter(pk__in=filter(None, map(self.to_key, keys)))

    def to_key(self, text):
        """Return the text as a primary key, or None if it is invalid."""
        primary_key = self.field.remote_field.model._meta.pk
        try:
            key = primary_key.to_python(text)
            primary_key.run_validators(key)
        except ValidationError:
            return None
        return key


class RelationSelect(RelationMixin, forms.Select):
    pass


class RelationSelectMultiple(RelationMixin, forms.SelectMultiple):
    pass


class DatalistSelect(SelectedOptionsMixin, forms.Select):
    """Select from a long list (countries, zones) that the page contains once, as `datalist`.

    `options` returns (code, name) pairs in the active language; the result must not vary.
    """

    def __init__(self, list_id, options, attrs=None):
        super().__init__({"data-combobox-list": list_id, **(attrs or {})})
        self.list_id = list_id
        self.options = options

    def chosen(self, keys):
        names = dict(self.options())
        return [(key, names.get(key, key)) for key in keys]

    @property
    def datalist(self):
        """The options in the active language, as an HTML datalist."""
        return _datalist(self.list_id, self.options, get_language())


@cache  # cached per language, which `options` reads itself
def _datalist(list_id, options, _language):
    pairs = format_html_join("", '<option value="{}" label="{}"></option>', options())
    return format_html('<datalist id="{}">{}</datalist>', list_id, pairs)


class PictureInput(forms.ClearableFileInput):
    """File input that shows the current picture above it."""

    template_name = "admin/widgets/picture.html"

    def __init__(self, attrs=None):
        super().__init__({"accept": "image/*", **(attrs or {})})


class RangeInput(forms.NumberInput):
    """Slider from 0 to 100 % with its own label."""

    input_type = "range"

    def __init__(self, label, attrs=None):
        super().__init__({"min": 0, "max": 100, **(attrs or {})})
        self.label = label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["label"] = self.label
        return context


class FocalPointInput(forms.MultiWidget):
    """Two sliders for the focal point, which can also be set by clicking on the picture."""

    template_name = "admin/widgets/focal_point.html"
    use_fieldset = True

    class Media:
        js = [forms.Script("js/admin/focal_point.js", type="module")]

    def __init__(self, attrs=None):
        sliders = {
            "x": RangeInput(_("From left to right"), {"data-axis": "x"}),
            "y": RangeInput(_("From top to bottom"), {"data-axis": "y"}),
        }
        super().__init__(sliders, attrs)

    def decompress(self, value):
        """Parse "0.25x0.5" to [25, 50]; the centre if invalid."""
        try:
            x, y = (round(100 * float(part)) for part in str(value).split("x"))
        except (ValueError, OverflowError):
            return [50, 50]
        return [x, y]

    def value_from_datadict(self, data, files, name):
        try:
            shares = [
                min(max(float(part), 0), 100) / 100
                for part in super().value_from_datadict(data, files, name)
            ]
        except (TypeError, ValueError):
            return "0.5x0.5"
        return "x".join(f"{share:.3g}" for share in shares)

    def id_for_label(self, id_):
        return ""

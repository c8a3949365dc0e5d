"""Form controls of the admin: they work with a keyboard and a screen reader, without inline
code, and are enhanced by the modules in `static/js/admin`."""

from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


def control(field):
    """The control itself of a form field, without the admin's links around it."""
    return getattr(field.widget, "widget", field.widget)


class DateInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker of a date and a time, to the second only where needed."""

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


class ChosenOptions:
    """Mixin for selects whose options are too many for a page: renders the chosen ones only.

    A script makes a combobox of the select; without scripts it keeps its value.
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
        """Pairs of key and label for those of the keys that exist."""
        raise NotImplementedError


class RelationMixin(ChosenOptions):
    """Picks related objects, searched for through the admin's autocomplete view."""

    #: Objects that are known to be chosen: spares a query.
    known = ()

    def __init__(self, field, admin_site, attrs=None):
        super().__init__(attrs)
        self.field = field
        self.admin_site = admin_site

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-combobox-url": self.search_url()}

    def search_url(self):
        """Address that answers with the objects matching `term`."""
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
        """The text as a primary key, or None where it can't be one."""
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


class ListedSelect(ChosenOptions, forms.Select):
    """Picks out of a long list (countries, zones) that the page holds once: `datalist`.

    `options` returns the pairs of code and name, in the active language: the same each time.
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
        """The list in the active language, as HTML."""
        return _datalist(self.list_id, self.options, get_language())


@cache  # for each language, which `options` asks for itself
def _datalist(list_id, options, _language):
    pairs = format_html_join("", '<option value="{}" label="{}"></option>', options())
    return format_html('<datalist id="{}">{}</datalist>', list_id, pairs)


class PictureInput(forms.ClearableFileInput):
    """Shows the picture that is stored above the field for another one."""

    template_name = "admin/widgets/picture.html"

    def __init__(self, attrs=None):
        super().__init__({"accept": "image/*", **(attrs or {})})


class RangeInput(forms.NumberInput):
    """A slider from 0 to 100 %, with a label of its own."""

    input_type = "range"

    def __init__(self, label, attrs=None):
        super().__init__({"min": 0, "max": 100, **(attrs or {})})
        self.label = label

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["label"] = self.label
        return context


class FocalPointInput(forms.MultiWidget):
    """Two sliders for the point that stays visible; the picture above them can be clicked."""

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
        """ "0.25x0.5" -> [25, 50]; the middle where it can't be read."""
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

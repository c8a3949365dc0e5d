"""Form fields for kinds of organisation, with and without a funding rate."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.models import Organisation


class KindsField(forms.MultipleChoiceField):
    """Multiple choice of kinds of organisation."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=Organisation.Kind.choices, **kwargs)


class FundingRatesInput(forms.Widget):
    """Checkbox for each kind of organisation, with an input for its rate.

    The value is {kind: rate as text}. A kind with a rate counts as ticked, with and without
    JavaScript.
    """

    template_name = "admin/widgets/funding_rates.html"
    use_fieldset = True

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        rates = value if isinstance(value, dict) else {}
        context["widget"]["lines"] = [
            {
                "kind": kind,
                "label": label,
                "is_chosen": kind in rates,
                "rate": "" if rates.get(kind) is None else rates[kind],
            }
            for kind, label in Organisation.Kind.choices
        ]
        return context

    def value_from_datadict(self, data, files, name):
        getlist = getattr(data, "getlist", lambda key: data.get(key) or [])
        chosen = set(getlist(name))
        rates = {kind: data.get(f"{name}-{kind}") or "" for kind in Organisation.Kind.values}
        return {kind: rate for kind, rate in rates.items() if rate or kind in chosen}

    def value_omitted_from_data(self, data, files, name):
        return False

    def id_for_label(self, id_):
        return f"{id_}_{Organisation.Kind.values[0]}"


class FundingRatesField(forms.Field):
    """Field of {kind of organisation: percent or None}."""

    widget = FundingRatesInput
    default_error_messages = {
        "not_a_rate": _("%(kind)s: enter a rate between 0 and 100 per cent.")
    }

    def to_python(self, value):
        return {kind: self.to_rate(kind, text) for kind, text in (value or {}).items()}

    def to_rate(self, kind, text):
        rate = as_rate(text)
        if rate is None or 0 <= rate <= 100:
            return rate
        kind = Organisation.Kind(kind).label
        raise ValidationError(self.error_messages["not_a_rate"], "rate", {"kind": kind})

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != (initial or {})
        except ValidationError:
            return True


def as_rate(text):
    """Parse a percentage: int if it is whole, else float; None for "".

    Return -1 for text that isn't a number.
    """
    text = str("" if text is None else text).strip().removesuffix("%").strip()
    if not text:
        return None
    try:
        rate = round(Decimal(text.replace(",", ".")), 2)
    except InvalidOperation:
        return -1
    if not rate.is_finite():
        return -1
    return int(rate) if rate == rate.to_integral_value() else float(rate)

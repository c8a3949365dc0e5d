"""Model fields of calls: kinds of organisation, funding rates, lists of countries."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls import widgets
from initiatives.models import Organisation
from localisation.fields import country_codes, country_names
from localisation.formats import number

#: Member States of the EU since 2020; "EU" means all of them in a CountriesField.
EU = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip


def validate_kinds(kinds):
    """Raise ValidationError unless `kinds` is a list or dict of kinds of organisation."""
    if not isinstance(kinds, list | dict) or set(kinds) - set(Organisation.Kind.values):
        raise ValidationError(_("Choose kinds of organisation from the list."))


def validate_rates(rates):
    """Raise ValidationError unless `rates` is {kind of organisation: percent or None}."""
    validate_kinds(rates)
    if not isinstance(rates, dict) or not all(map(_is_rate, rates.values())):
        raise ValidationError(_("Enter funding rates between 0 and 100 per cent."))


def _is_rate(rate):
    is_number = isinstance(rate, int | float) and not isinstance(rate, bool)
    return rate is None or (is_number and 0 <= rate <= 100)


def _formfield(field, form_class, kwargs):
    # A callable default makes Django add a hidden input, which these widgets can't read.
    options = {"form_class": form_class, "show_hidden_initial": False}
    return models.Field.formfield(field, **{**options, **kwargs})


class KindsField(models.JSONField):
    """JSON list of kinds of organisation."""

    default_validators = [validate_kinds]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def formfield(self, **kwargs):
        return _formfield(self, widgets.KindsField, kwargs)

    def text_of(self, kinds):
        return ", ".join(
            str(label) for kind, label in Organisation.Kind.choices if kind in kinds
        )


class FundingRatesField(models.JSONField):
    """Kinds of organisation that a funder pays, as JSON: {kind: percent or None}.

    None means that the rate isn't known, an empty dict that the kinds aren't known.
    """

    default_validators = [validate_rates]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": dict, "blank": True, **kwargs})

    def formfield(self, **kwargs):
        return _formfield(self, widgets.FundingRatesField, kwargs)

    def text_of(self, rates):
        return ", ".join(
            f"{label} {percent(rates[kind])}".strip()
            for kind, label in Organisation.Kind.choices
            if kind in rates
        )


def percent(rate):
    """Return a rate as text, such as 66.67%, in the active language; "" for None."""
    return "" if rate is None else _("%(rate)s%%") % {"rate": number(rate)}


class CountriesField(models.CharField):
    """ISO 3166-1 alpha-2 codes separated by spaces; "EU" means all its Member States."""

    default_error_messages = {
        "not_a_country": gettext_lazy("These are not two-letter country codes: %(codes)s.")
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 800, "blank": True, **kwargs})

    def to_python(self, value):
        value = super().to_python(value)
        codes = (value or "").upper().replace(",", " ").replace(";", " ").split()
        return " ".join(dict.fromkeys(codes))

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = [code for code in value.split() if code not in {*country_codes(), "EU"}]
        if unknown:
            message = self.error_messages["not_a_country"]
            raise ValidationError(message, params={"codes": ", ".join(unknown)[:100]})

    def text_of(self, value):
        return country_names(value.split())


def codes_in(countries):
    """Return the codes in the value of a CountriesField as a set, with "EU" expanded."""
    codes = set(countries.split())
    return codes - {"EU"} | set(EU) if "EU" in codes else codes

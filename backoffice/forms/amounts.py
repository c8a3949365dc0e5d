"""Amounts of money, as people write them."""

import re

from django import forms
from django.utils.formats import number_format

#: Whole units, in groups of three or not, and at most two decimals. As cents have two digits,
#: a separator before three digits is a thousand's, in whatever language.
WRITTEN = re.compile(r"(-?(?:\d{1,3}(?:[.,]\d{3})+|\d+))(?:[.,](\d{1,2}))?")
SPACES = re.compile(r"[\s'’]")


class AmountInput(forms.TextInput):
    """Text input that groups digits as the active language does."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "class": "amount", **(attrs or {})})

    def format_value(self, value):
        if value is None or isinstance(value, str):
            return value
        decimals = 0 if value == value.to_integral_value() else 2
        return number_format(value, decimals, force_grouping=True)


class AmountField(forms.DecimalField):
    """Amount written as 45000000, "45 000 000", "45.000.000,00" or "45,000,000.00"."""

    widget = AmountInput

    def to_python(self, value):
        if isinstance(value, str):
            value = SPACES.sub("", value)
            if match := WRITTEN.fullmatch(value):
                units, cents = match.groups(default="0")
                value = f"{re.sub('[.,]', '', units)}.{cents}"
        return super().to_python(value)

"""Form controls of the admin: fields, forms and rows."""

from backoffice.forms.amounts import AmountField, AmountInput
from backoffice.forms.controls import FormControls
from backoffice.forms.datalists import datalist_field, datalists
from backoffice.forms.instants import (
    YEARS,
    DateTimeField,
    WallClockField,
    ZonedForm,
    zone_or_none,
)
from backoffice.forms.portal_form import PortalForm
from backoffice.forms.row_form import RowForm
from backoffice.forms.rows import RowInline, TranslatedRowInline

__all__ = [
    "YEARS",
    "AmountField",
    "AmountInput",
    "DateTimeField",
    "FormControls",
    "PortalForm",
    "RowForm",
    "RowInline",
    "TranslatedRowInline",
    "WallClockField",
    "ZonedForm",
    "datalists",
    "datalist_field",
    "zone_or_none",
]

"""Form controls of the admin: fields, forms and rows."""

from publishing.admin.forms.amounts import AmountField, AmountInput
from publishing.admin.forms.controls import FormControls
from publishing.admin.forms.instants import (
    YEARS,
    DateTimeField,
    WallClockField,
    ZonedForm,
    zone_or_none,
)
from publishing.admin.forms.listed import datalists, listed_field
from publishing.admin.forms.portal_form import PortalForm
from publishing.admin.forms.row_form import RowForm
from publishing.admin.forms.rows import RowInline, TranslatedRowInline

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
    "listed_field",
    "zone_or_none",
]

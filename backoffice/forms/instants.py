"""Form fields for instants, which staff enter on the wall clock of their time zone."""

from datetime import UTC
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backoffice.widgets import DateTimeInput

#: Years outside of this are slips, and databases disagree on them.
YEARS = range(1900, 2201)


class DateTimeField(forms.DateTimeField):
    """Date and time in the portal's own zone, within reason."""

    def to_python(self, value):
        value = super().to_python(value)
        if value and value.year not in YEARS:
            raise ValidationError(_("Enter a year between 1900 and 2200."))
        return value


class WallClockField(DateTimeField):
    """Date and time whose zone another field has.

    It cleans to an instant that reads the same in UTC, which the form then moves into its zone.
    """

    widget = DateTimeInput

    def to_python(self, value):
        with timezone.override(UTC):
            return super().to_python(value)

    def prepare_value(self, value):
        return value

    def has_changed(self, initial, data):
        return super().has_changed(initial and initial.replace(tzinfo=UTC), data)


class ZonedForm(forms.ModelForm):
    """Form whose instants named in `zoned` are in the zone chosen in `timezone`."""

    zoned = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        zone = zone_or_none(self.instance.timezone)
        for name in self.zoned:
            if (instant := self.initial.get(name)) and zone and hasattr(instant, "tzinfo"):
                local = timezone.localtime(instant, zone)
                self.initial[name] = local.replace(tzinfo=None, microsecond=0)

    def clean(self):
        cleaned = super().clean()
        data = self.cleaned_data if cleaned is None else cleaned
        zone = zone_or_none(data.get("timezone"))
        for name in self.zoned:
            if data.get(name) and zone:
                data[name] = self.in_zone(name, data[name], zone)
        return data

    def in_zone(self, name, instant, zone):
        moved = instant.replace(tzinfo=zone)
        if moved.astimezone(UTC).astimezone(zone).replace(tzinfo=UTC) != instant:
            message = _("This time does not exist in %(zone)s: the clocks go forward then.")
            self.add_error(name, ValidationError(message, params={"zone": zone.key}))
        return moved


def zone_or_none(name):
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None

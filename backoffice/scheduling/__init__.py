"""Schedules in the admin."""

from backoffice.scheduling.forms import BundleScheduleForm
from backoffice.scheduling.items import ItemScheduleView, WaitingSchedules
from backoffice.scheduling.panels import (
    item_schedule_panels,
    schedule_panels,
    upcoming_schedules,
)
from backoffice.scheduling.views import ScheduleView

__all__ = [
    "BundleScheduleForm",
    "ItemScheduleView",
    "ScheduleView",
    "WaitingSchedules",
    "upcoming_schedules",
    "item_schedule_panels",
    "schedule_panels",
]

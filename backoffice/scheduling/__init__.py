"""Schedules in the admin."""

from backoffice.scheduling.forms import BundleScheduleForm
from backoffice.scheduling.items import ItemScheduleView, WaitingSchedules
from backoffice.scheduling.panels import (
    coming_schedules,
    item_schedule_panels,
    schedule_panels,
)
from backoffice.scheduling.views import ScheduleView

__all__ = [
    "BundleScheduleForm",
    "ItemScheduleView",
    "ScheduleView",
    "WaitingSchedules",
    "coming_schedules",
    "item_schedule_panels",
    "schedule_panels",
]

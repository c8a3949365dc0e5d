"""Schedules in the admin."""

from publishing.admin.scheduling.forms import BundleScheduleForm
from publishing.admin.scheduling.items import ItemScheduleView, WaitingSchedules
from publishing.admin.scheduling.panels import (
    coming_schedules,
    item_schedule_panels,
    schedule_panels,
)
from publishing.admin.scheduling.views import ScheduleView

__all__ = [
    "BundleScheduleForm",
    "ItemScheduleView",
    "ScheduleView",
    "WaitingSchedules",
    "coming_schedules",
    "item_schedule_panels",
    "schedule_panels",
]

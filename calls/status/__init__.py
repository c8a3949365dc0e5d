from calls.status.date_precision import first_instant, last_instant
from calls.status.derived_dates import FOREVER
from calls.status.rules import Timetable, stage_at, status_at
from calls.status.statuses import OVER, Stage, Status
from calls.status.windows import WINDOWS, Window, windows_of

__all__ = [
    "first_instant",
    "FOREVER",
    "last_instant",
    "OVER",
    "Stage",
    "stage_at",
    "Status",
    "status_at",
    "Timetable",
    "Window",
    "WINDOWS",
    "windows_of",
]

from calls.status.date_precision import first_instant, last_instant
from calls.status.rules import FOREVER, OVER, Stage, Status, Timetable, stage_at, status_at
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

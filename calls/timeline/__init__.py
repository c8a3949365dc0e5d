from calls.timeline.calendar import CallDates, FundersDates, calls_calendar
from calls.timeline.change_history import PERSONAL, PRIVATE, PUBLIC, change_history_of
from calls.timeline.chart import TimelineChart
from calls.timeline.deadline_changes import attach_deadline_changes, deadline_changes_of
from calls.timeline.steps import timeline_steps

__all__ = [
    "attach_deadline_changes",
    "CallDates",
    "calls_calendar",
    "change_history_of",
    "deadline_changes_of",
    "FundersDates",
    "PERSONAL",
    "PRIVATE",
    "PUBLIC",
    "timeline_steps",
    "TimelineChart",
]

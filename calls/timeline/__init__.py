from calls.timeline.calendar import CallDates, FundersDates, calls_calendar
from calls.timeline.data_changes import PERSONAL, PRIVATE, PUBLIC, history_of
from calls.timeline.deadline_changes import attach_moves, moves_of
from calls.timeline.plan import plan_of
from calls.timeline.plan_picture import PlanPicture

__all__ = [
    "attach_moves",
    "CallDates",
    "calls_calendar",
    "FundersDates",
    "history_of",
    "moves_of",
    "PERSONAL",
    "plan_of",
    "PlanPicture",
    "PRIVATE",
    "PUBLIC",
]

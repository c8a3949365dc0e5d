from syndication.calendars.files import Dates, Entry, calendar_response, make_calendar, span

__all__ = [
    "calendar_response",
    "Dates",
    "Entry",
    "make_calendar",
    "span",
]

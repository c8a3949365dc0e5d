"""Calendar entries of events."""

from django.conf import settings
from django.utils.translation import gettext as _

from localisation.fields import country_name
from news.models import Event
from syndication.calendars import Dates, Entry, span


class EventDates(Dates):
    """Events and their registration deadlines."""

    model = Event
    order = ("-starts_at", "-pk")

    def of(self, event):
        url = settings.PORTAL_URL + event.get_absolute_url()
        yield Entry(
            key=f"event-{event.pk}",
            summary=event.title,
            description="\n".join(filter(None, [event.summary, event.online_url, url])),
            location=location(event),
            url=url,
            **span(event.starts_at, event.ends_at, event.timezone, event.precision),
        )
        if until := event.registration_deadline_at:
            yield Entry(
                key=f"event-{event.pk}-registration",
                summary=_("Registration closes: %(event)s") % {"event": event.title},
                description="\n".join(filter(None, [event.registration_url, url])),
                url=url,
                has_alarms=True,
                **span(until, until, event.timezone, "minute"),
            )


def location(event):
    """Return the location on one line, or the online URL of an event without a place."""
    country = country_name(event.country)
    parts = [event.place, event.address, country if event.place or event.address else ""]
    return ", ".join(filter(None, parts)) or (event.online_url if event.is_online else "")

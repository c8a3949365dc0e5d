"""schema.org data of news and events."""

from zoneinfo import ZoneInfo

from syndication.structured_data import creative_work, item, node, publisher


def article_data(article):
    """Return an article; search engines show its headline, date and image."""
    return creative_work(
        "NewsArticle",
        article,
        headline=article.title[:110],
        datePublished=article.published_on,
    )


def event_data(event):
    """Return an event; its times have the UTC offset of its time zone."""
    return item(
        "Event",
        event,
        inLanguage=event.language,
        startDate=_local_time(event, event.starts_at),
        endDate=_local_time(event, event.ends_at),
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode=f"https://schema.org/{_attendance_mode(event)}EventAttendanceMode",
        location=_places(event),
        organizer=publisher(),
    )


def _local_time(event, at):
    local = at.astimezone(ZoneInfo(event.timezone))
    return local.date() if event.is_all_day else local


def _attendance_mode(event):
    if not event.is_online:
        return "Offline"
    return "Mixed" if event.place else "Online"


def _places(event):
    places = []
    if event.place or event.address:
        address = node(
            "PostalAddress", streetAddress=event.address, addressCountry=event.country
        )
        places.append(node("Place", name=event.place, address=address))
    if event.is_online:
        places.append(node("VirtualLocation", url=event.online_url or event.registration_url))
    return places

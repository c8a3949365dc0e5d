"""schema.org data of news and events."""

from zoneinfo import ZoneInfo

from syndication.structured_data import creative_work, item, node, publisher


def article(article):
    """Return an article; search engines show its headline, date and image."""
    return creative_work(
        "NewsArticle",
        article,
        headline=article.title[:110],
        datePublished=article.published_on,
    )


def event(event):
    """Return an event; its times have the UTC offset of its time zone."""
    return item(
        "Event",
        event,
        inLanguage=event.language,
        startDate=_moment(event, event.starts_at),
        endDate=_moment(event, event.ends_at),
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode=f"https://schema.org/{_mode(event)}EventAttendanceMode",
        location=_places(event),
        organizer=publisher(),
    )


def _moment(event, at):
    local = at.astimezone(ZoneInfo(event.timezone))
    return local.date() if event.is_all_day else local


def _mode(event):
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

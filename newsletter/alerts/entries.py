"""Content of alert mails for each item, in the active language."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import Call
from calls.timeline import deadline_changes_of
from localisation import clock
from localisation.languages import language_shown
from newsletter.alerts.notices import CHANGED, CLOSING, NEW, OPENED
from newsletter.editions import format_instant, item_texts
from publishing.models import Revision


def entries(rows):
    """Return the items of a delivery's data that are still public and relevant.

    Each is a dict as returned by `item_texts`, with news, status, item_key (content type id
    and object id) and by (ids of subscriptions).
    """
    items = _public(rows)
    found = []
    for kind, key, keys, by in rows:
        item = items.get((kind, key))
        if item and (news := _news(item, keys)):
            status = item.get_status_display() if isinstance(item, Call) else ""
            more = {"news": news, "status": status, "item_key": (kind, key), "by": by}
            found.append(item_texts(item) | more)
    return found


def _public(rows):
    """Return {(content type id, object id): item}, with one query per type."""
    keys = defaultdict(list)
    for kind, key, *_more in rows:
        keys[kind].append(key)
    return {
        (kind, item.pk): item
        for kind, wanted in keys.items()
        for item in _model(kind).objects.published().for_list().filter(pk__in=wanted)
    }


def _model(kind):
    return ContentType.objects.get_for_id(kind).model_class()


def _news(item, keys):
    """Return the news of an item, as a list of dicts.

    Each has a label, and note, language and deadline_changes if there are any. Changes are left
    out if the item is new to the reader.
    """
    details_by_event = defaultdict(list)
    for key in keys:
        event, *details = key.split(":")
        details_by_event[event].append([int(detail) for detail in details])
    news = _closing(item, details_by_event[CLOSING])
    if NEW in details_by_event:
        return [*news, {"label": _("New")}]
    news += _changed(item, {number for (number,) in details_by_event[CHANGED]})
    if OPENED in details_by_event and not item.is_over:
        news.append({"label": _("Now open")})
    return news


def _changed(item, numbers):
    """Return the news of these versions, without those that have been undone."""
    if not numbers:
        return []
    changes_by_date = deadline_changes_of(item) if isinstance(item, Call) else {}
    changes = [change for each in changes_by_date.values() for change in each]
    return [
        {
            "label": _("Changed"),
            "note": version.change_note,
            "language": language_shown(version, "change_note"),
            "deadline_changes": [
                _deadline_change(m) for m in changes if m.revision.number == version.number
            ],
        }
        for version in Revision.objects.citable(item).filter(number__in=numbers)
    ]


def _deadline_change(change):
    return {
        "label": change.new.get_kind_display(),
        "old": _format_date(change.old),
        "new": _format_date(change.new),
    }


def _format_date(date):
    return format_instant(date.ends_at or date.at, date.timezone, date.precision)


def _closing(item, reminders):
    """Return the next of the deadlines to remind of, unless it has changed."""
    instants = {instant for _days, instant in reminders}
    upcoming = [
        date
        for date in (item.dates() if reminders else ())
        if date.is_deadline
        and date.is_firm
        and int(date.last_instant.timestamp()) in instants
        and date.last_instant > clock.now()
    ]
    return [{"label": _closing_label(upcoming[0])}] if upcoming else []


def _closing_label(date):
    zone = ZoneInfo(date.timezone)
    days = (
        date.last_instant.astimezone(zone).date() - clock.now().astimezone(zone).date()
    ).days
    if not days:
        return _("Closes today")
    return ngettext("Closes in %(days)s day", "Closes in %(days)s days", days) % {"days": days}

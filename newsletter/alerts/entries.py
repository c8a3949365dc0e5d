"""Content of alert mails for each item, in the active language."""

from collections import defaultdict
from zoneinfo import ZoneInfo

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calls.models import Call
from calls.timeline import moves_of
from localisation import clock
from localisation.languages import language_shown
from newsletter.alerts.notices import CHANGED, CLOSING, NEW, OPENED
from newsletter.editions import told, when
from publishing.models import Revision


def entries(rows):
    """Return the items of a delivery's data that are still public and relevant.

    Each is a dict as returned by `told`, with news, status, place (content type id and object
    id) and by (ids of subscriptions).
    """
    items = _public(rows)
    found = []
    for kind, key, keys, by in rows:
        item = items.get((kind, key))
        if item and (news := _news(item, keys)):
            status = item.get_status_display() if isinstance(item, Call) else ""
            more = {"news": news, "status": status, "place": (kind, key), "by": by}
            found.append(told(item) | more)
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

    Each has a label, and note, language and moves if there are any. Changes are left out if the
    item is new to the reader.
    """
    by_what = defaultdict(list)
    for key in keys:
        what, *details = key.split(":")
        by_what[what].append([int(detail) for detail in details])
    news = _closing(item, by_what[CLOSING])
    if NEW in by_what:
        return [*news, {"label": _("New")}]
    news += _changed(item, {number for (number,) in by_what[CHANGED]})
    if OPENED in by_what and not item.is_over:
        news.append({"label": _("Now open")})
    return news


def _changed(item, numbers):
    """Return the news of these versions, without those that have been undone."""
    if not numbers:
        return []
    moves = moves_of(item) if isinstance(item, Call) else {}
    moved = [move for each in moves.values() for move in each]
    return [
        {
            "label": _("Changed"),
            "note": version.change_note,
            "language": language_shown(version, "change_note"),
            "moves": [_moved(m) for m in moved if m.revision.number == version.number],
        }
        for version in Revision.objects.citable(item).filter(number__in=numbers)
    ]


def _moved(move):
    return {
        "label": move.new.get_kind_display(),
        "old": _when(move.old),
        "new": _when(move.new),
    }


def _when(date):
    return when(date.ends_at or date.at, date.timezone, date.precision)


def _closing(item, reminders):
    """Return the next of the deadlines to remind of, unless it has changed."""
    instants = {instant for _days, instant in reminders}
    ahead = [
        date
        for date in (item.dates() if reminders else ())
        if date.is_deadline
        and date.is_firm
        and int(date.last_instant.timestamp()) in instants
        and date.last_instant > clock.now()
    ]
    return [{"label": _closes(ahead[0])}] if ahead else []


def _closes(date):
    zone = ZoneInfo(date.timezone)
    days = (
        date.last_instant.astimezone(zone).date() - clock.now().astimezone(zone).date()
    ).days
    if not days:
        return _("Closes today")
    return ngettext("Closes in %(days)s day", "Closes in %(days)s days", days) % {"days": days}

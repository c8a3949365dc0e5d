"""Columns of the tables of success rates."""

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from calls.fields import percent
from calls.models import COUNTS, Statistic
from localisation import formats
from localisation.languages import language_shown

#: (stage, count) that can't exist, so that its cell is empty instead of "not known".
IMPOSSIBLE_COUNTS = {
    (Statistic.Stage.PRE_PROPOSAL, "funded"),
    (Statistic.Stage.FULL_PROPOSAL, "invited"),
}
AMOUNTS = ("amount_asked", "amount_granted")


def label_of(name):
    return capfirst(Statistic._meta.get_field(name).verbose_name)


def title_of(row):
    language = row.organisation and language_shown(row.organisation, "name")
    return {"text": row.of, "lang": language if language != get_language() else None}


def columns_of(rows):
    """Return (header, function of a row that returns its cell) pairs.

    All counts are included, other columns only if at least one row fills them.
    """
    columns = [(label_of(name), _count(name)) for name in COUNTS]
    columns.append((_("Success rate"), _share))
    columns += [(label_of(name), _amount(name)) for name in AMOUNTS if _is_filled(rows, name)]
    others = {"note": _note, "as_of_on": _date, "source_url": _source}
    columns += [
        (label_of(name), cell) for name, cell in others.items() if _is_filled(rows, name)
    ]
    return columns


def _is_filled(rows, name):
    return any(getattr(row, name) not in (None, "") for row in rows)


def _number(text):
    return {"text": text or _("not known"), "is_number": True}


def _count(name):
    def cell(row):
        value = getattr(row, name)
        if value is None and (row.stage, name) in IMPOSSIBLE_COUNTS:
            return {"text": "", "is_number": True}
        return _number("" if value is None else formats.number(value))

    return cell


def _amount(name):
    return lambda row: _number(formats.money(getattr(row, name), row.currency))


def _share(row):
    return _number(percent(row.success_rate))


def _note(row):
    language = language_shown(row, "note")
    return {"text": row.note, "lang": language if language != get_language() else None}


def _date(row):
    return {"text": row.as_of_on and formats.partial_date(row.as_of_on)}


def _source(row):
    return {"text": _("Source") if row.source_url else "", "url": row.source_url}

"""Panel of broken links."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.dashboard import LIMIT, Entry, Panel
from backoffice.references.broken_link_texts import (
    field_url,
    last_check,
    name_targets,
    problem_label,
)
from backoffice.references.viewable import kind_of


def panel(request, broken):
    """Return the panel of the newest broken links and their number."""
    newest, title = list(broken[:LIMIT]), _("Broken links")
    name_targets(request, newest)
    count = broken.count() if len(newest) == LIMIT else len(newest)
    return Panel(
        key="links",
        title=format_lazy("{title} ({count})", title=title, count=count) if count else title,
        order=25,
        entries=[entry(link) for link in newest if link.item],
        empty="" if newest else _("There are no known broken links.") + " " + last_check(),
        is_latest_first=True,
    )


def entry(link):
    notes = (problem_label(link), link.target[:100])
    return Entry(str(link.item), field_url(link), kind_of(link.item), link.since, notes)

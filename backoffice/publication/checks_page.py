"""The page of the checks before publishing."""

from django.utils.translation import gettext as _

from backoffice.item_pages import item_page
from publishing import workflow
from publishing.checks import run_checks


def checks(request, admin, item):
    """Show the findings about the newest version, with links into the form."""
    found = run_checks(workflow.draft_of(item))
    title = _("Ready to publish?")
    return item_page(request, admin, item, "admin/checks.html", title, findings=found)

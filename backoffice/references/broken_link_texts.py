"""Texts and addresses of a broken link."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from backoffice.item_pages import change_url
from backoffice.references.viewable import may_view
from publishing.jobs import last_run
from publishing.references import check_links_tonight
from publishing.revisions import changes
from publishing.richtext import links


def last_check():
    """Return the time of the last check of all links, in words."""
    at = last_run(check_links_tonight)
    if at is None:
        return _("The nightly check has not run yet.")
    at = date_format(localtime(at), "SHORT_DATETIME_FORMAT")
    return _("Last nightly check: %(at)s.") % {"at": at}


def name_targets(request, broken):
    """Set `target` of these links: the title of an item, else the address.

    Of an item that is gone or may not be viewed, it is the kind. One query a model.
    """
    identities = {link: links.parse_identity(link.address) for link in broken}
    wanted = {}
    for target in filter(None, identities.values()):
        wanted.setdefault(target.model, set()).add(target.key)
    items = {
        model: model._base_manager.in_bulk(keys) if may_view(request, model) else {}
        for model, keys in wanted.items()
    }
    for link, target in identities.items():
        link.target = link.address
        if target:
            item = items[target.model].get(target.key)
            link.target = str(item or capfirst(target.model._meta.verbose_name))


def problem_label(link):
    """Return the problem in words: "The other site says that there is no such page (404)"."""
    text = link.get_problem_display()
    return f"{text} ({link.http_status})" if link.http_status else text


def path_label(link):
    """Return the field's name on the form, with its language; of a row, with its kind."""
    path = ("rows", link.rows, 0, link.column) if link.rows else ("fields", link.column)
    try:
        model = ContentType.objects.get_for_id(link.content_type_id).model_class()
        return changes.path_label(model, path)
    except (LookupError, StopIteration, FieldDoesNotExist):  # it has been renamed since
        return link.column


def field_url(link):
    """Return the address of the field on the item's form; of rows, of their section."""
    anchor = f"{link.rows}-heading" if link.rows else f"id_{link.column}"
    return f"{change_url(link.item)}#{anchor}"

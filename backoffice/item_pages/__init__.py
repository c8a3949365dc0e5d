"""Pages of an item or a type beside Django's own, each declared with its permission."""

from backoffice.item_pages.addresses import change_url, page_url, type_page_url
from backoffice.item_pages.pages import ItemPage, TypePage, back_to_start, opened_version
from backoffice.item_pages.permissions import (
    anyone,
    may_change,
    may_write,
    workflow_permits,
)
from backoffice.item_pages.responses import item_page, report, run_step, type_page

__all__ = [
    "ItemPage",
    "TypePage",
    "anyone",
    "back_to_start",
    "change_url",
    "item_page",
    "may_change",
    "may_write",
    "opened_version",
    "page_url",
    "report",
    "run_step",
    "type_page",
    "type_page_url",
    "workflow_permits",
]

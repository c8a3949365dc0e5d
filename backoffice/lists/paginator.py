"""Paginator of lists of any length."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class BoundedPaginator(Paginator):
    """Paginator of at most LIMIT rows, by their keys: beyond, staff search or filter.

    One query finds the keys of all pages, so that a search over many rows runs once, and no
    page makes the database step over the rows of the pages before it.
    """

    LIMIT = 10_000

    @cached_property
    def keys(self):
        return list(self.object_list.values_list("pk", flat=True)[: self.LIMIT + 1])

    @cached_property
    def count(self):
        return min(len(self.keys), self.LIMIT)

    @property
    def is_truncated(self):
        return len(self.keys) > self.LIMIT

    def page(self, number):
        page = super().page(number)
        start = (page.number - 1) * self.per_page
        keys = self.keys[start : start + self.per_page]
        found = {item.pk: item for item in self.object_list.order_by().filter(pk__in=keys)}
        page.object_list = [found[key] for key in keys if key in found]
        return page

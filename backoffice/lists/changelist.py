"""List pages that are narrowed by date, and refuse bad addresses politely."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import prefetch_related_objects
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

#: Years that the dates of a list may be narrowed to.
YEARS = range(1900, 2201)


class PortalChangeList(ChangeList):
    """List page with links that narrow it by date."""

    def __init__(self, request, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(self.opts.verbose_name_plural)

    def get_results(self, request):
        try:
            super().get_results(request)
        except OverflowError as error:  # a date that the database can't hold
            raise IncorrectLookupParameters(error) from error
        if not self.multi_page:
            # Django would ask again for the whole list, although the paginator knows it.
            self.result_list = self.paginator.page(1).object_list
        self.result_list = list(self.result_list)
        prefetch_related_objects(self.result_list, *self.model_admin.list_prefetch_related)

    def get_filters(self, request):
        field = self.date_hierarchy
        if field and f"{field}__year" in self.params and self.chosen_year not in YEARS:
            raise IncorrectLookupParameters("year")
        filters, has_filters, others, *rest = super().get_filters(request)
        # Django lets an address filter by any field in any way, also in ways that break.
        if unknown := others.keys() - {f"{field}__gte", f"{field}__lt"}:
            raise IncorrectLookupParameters(unknown)
        return filters, has_filters, others, *rest

    @property
    def date_name(self):
        return self.model._meta.get_field(self.date_hierarchy).verbose_name

    @property
    def chosen_year(self):
        return self.chosen("year")

    def chosen(self, part):
        """Return the year, month or day that the list is narrowed to, or None."""
        try:
            return int(self.params.get(f"{self.date_hierarchy}__{part}", ""))
        except ValueError:
            return None

    def date_links(self):
        """Return links that narrow or widen the list by date: dicts of text, url, is_back."""
        year, month = self.chosen_year, self.chosen("month")
        if year is None:
            return [self.date_link(str(y), year=y) for y in self.years()]
        if month not in MONTHS:
            months = [self.date_link(MONTHS[m], year=year, month=m) for m in MONTHS]
            return [self.back_link(_("All years")), *months]
        return [self.back_link(str(year), year=year)]

    def date_link(self, text, **parts):
        chosen = {f"{self.date_hierarchy}__{part}": value for part, value in parts.items()}
        return {"text": text, "url": self.get_query_string(chosen, [self.date_hierarchy])}

    def back_link(self, text, **parts):
        return self.date_link(text, **parts) | {"is_back": True}

    def years(self):
        """Return the years from the earliest date to the latest, the latest first.

        One query for each state, so that the indexes on state and date serve it.
        """
        rows = self.model._default_manager.exclude(**{self.date_hierarchy: None})
        dates = []
        for state in self.model._meta.get_field("state").choices:
            ordered = rows.filter(state=state[0]).order_by(self.date_hierarchy)
            ordered = ordered.values_list(self.date_hierarchy, flat=True)
            dates += [ordered.first(), ordered.last()]
        years = [date.year for date in dates if date]
        return range(max(years), min(years) - 1, -1) if years else []

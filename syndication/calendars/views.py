"""Calendar views: for an item, for a filtered list, or for several types at once."""

from django.views.generic import View

from lists.filters import SlugsFilter, TopicsFilter
from publishing.models import Topic
from publishing.page_tags import ITEMS
from publishing.redirects import redirect_to_new_address
from publishing.revisions import withdrawn
from syndication.calendars.files import calendar_response, make_calendar
from syndication.subscribe_links import invalid_filters_response


class ListCalendarView(View):
    """Calendar of a list, filtered by the list's own parameters; 400 if they are invalid."""

    cache_tags = (ITEMS,)
    #: A PublishedListView subclass.
    list_view = None
    #: A subclass of syndication.calendars.files.Dates.
    dates_class = None

    def get(self, request):
        dates = self.dates_class()
        published = dates.model.objects.published()
        filterset = self.list_view.filterset_class(request.GET, queryset=published)
        if bad := invalid_filters_response(filterset):
            return bad
        entries = dates.entries(dates.items(filterset.qs))
        entries += dates.cancelled(
            filter_withdrawn(withdrawn(dates.model, dates.rows), filterset)
        )
        name = str(self.list_view.section_title)
        return calendar_response(self.list_view.section, make_calendar(name, entries))


def filter_withdrawn(withdrawn_items, filterset):
    """Return the withdrawn items that match the filters by topic, initiative and the like.

    Other filters cannot be evaluated for items that are no longer public and are ignored.
    """
    for name, filter_ in filterset.filters.items():
        chosen = filterset.form.cleaned_data.get(name)
        if isinstance(filter_, SlugsFilter) and chosen and "__" not in filter_.field_name:
            is_topic = isinstance(filter_, TopicsFilter)
            keys = {item.pk for item in (Topic.objects.within(chosen) if is_topic else chosen)}
            withdrawn_items = [
                former
                for former in withdrawn_items
                if former.had_link_to(filter_.field_name, keys)
            ]
    return withdrawn_items


class ItemCalendarView(View):
    """Calendar of one item; a recently withdrawn item's dates are marked as cancelled."""

    cache_tags = (ITEMS,)
    dates_class = None

    def get(self, request, slug):
        dates = self.dates_class()
        items = dates.items(dates.model.objects.published().filter(slug=slug))
        withdrawn_items = [] if items else withdrawn(dates.model, dates.rows, slug)
        if not items and not withdrawn_items:
            return redirect_to_new_address(request, dates.model, slug)
        entries = dates.entries(items) + dates.cancelled(withdrawn_items)
        title = items[0].title if items else slug
        return calendar_response(slug, make_calendar(title, entries))

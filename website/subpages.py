"""Pages below an item's URL: published versions and share card."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from publishing.models import Revision
from publishing.redirects import redirect_to_new_address
from website.views import ItemDetailView, PublishedDetailView, SectionMixin

#: Cache lifetime of a card in seconds.
CARD_AGE = 86_400


def version(request, address, number):
    """Show version `number` of the item whose page is at `address`.

    Works for all types with a PublishedDetailView. The response is excluded from search
    engines.
    """
    view, kwargs = item_page_at(address)
    response = view.as_view(version=number)(request, **kwargs)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class VersionListView(SectionMixin, TemplateView):
    """List of all published versions of the item whose page is at `address`."""

    template_name = "publishing/version_list.html"

    def get(self, request, *args, address):
        try:
            return super().get(request, *args, address=address)
        except Http404:
            view, kwargs = item_page_at(address)
            return redirect_to_new_address(request, view.model, kwargs["slug"])

    def get_context_data(self, address):
        view, kwargs = item_page_at(address)
        item = get_object_or_404(view.model.objects.published(), **kwargs)
        return super().get_context_data(
            item=item,
            section=view.section,
            revisions=Revision.objects.citable(item),
            title=_("Published versions"),
            breadcrumbs=[
                *view().section_crumbs(),
                {"title": item.title, "url": item.get_absolute_url()},
                {"title": _("Published versions")},
            ],
        )


@cache_control(public=True, max_age=CARD_AGE)
def card(request, address):
    """Return the share card of the page at `address`, a path without language prefix."""
    view_class, kwargs = item_page_at(address, ItemDetailView)
    view = view_class()
    view.setup(request, **kwargs)
    view.object = view.get_object()
    return HttpResponse(view.card().jpeg(), content_type="image/jpeg")


def item_page_at(address, kind=PublishedDetailView):
    """Return (view class, kwargs) of the page at `address`, a path without language prefix.

    Raises Http404 unless its view is a subclass of `kind`.
    """
    try:
        match = resolve(f"/{get_language()}/{address}/")
    except Resolver404 as unknown:
        raise Http404 from unknown
    view = getattr(match.func, "view_class", None)
    if not (view and issubclass(view, kind)):
        raise Http404
    return view, match.kwargs

"""Pages below the address of an item's own: its versions, its card."""

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

#: Seconds for which a card is kept by who has asked for it.
CARD_AGE = 86_400


def version(request, address, number):
    """An item as it was published on a day: the page at `address`, of that version.

    Works for every type whose page is a PublishedDetailView. Search engines are asked not to
    list it.
    """
    view, kwargs = item_page_at(address)
    response = view.as_view(version=number)(request, **kwargs)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


class VersionListView(SectionMixin, TemplateView):
    """All published versions of the item whose page is at `address`."""

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
    """The card of the item whose page is at `address`, without its language."""
    view_class, kwargs = item_page_at(address, ItemDetailView)
    view = view_class()
    view.setup(request, **kwargs)
    view.object = view.get_object()
    return HttpResponse(view.card().jpeg(), content_type="image/jpeg")


def item_page_at(address, kind=PublishedDetailView):
    """The view of a `kind` at an address (without its language) and its arguments."""
    try:
        match = resolve(f"/{get_language()}/{address}/")
    except Resolver404 as unknown:
        raise Http404 from unknown
    view = getattr(match.func, "view_class", None)
    if not (view and issubclass(view, kind)):
        raise Http404
    return view, match.kwargs

"""The archive of the newsletter: what was sent stays readable by everybody."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from newsletter.editions.content import entries
from newsletter.models import Edition
from publishing.feed_formats import AtomFeed
from publishing.feeds import NEVER
from publishing.plaintext import plain

#: Editions that the feed holds.
IN_FEED = 20


class EditionListView(ListView):
    """All editions that were sent, the newest first."""

    queryset = Edition.objects.sent().order_by("-finished_at", "-pk")
    paginate_by = 20
    template_name = "newsletter/editions.html"
    extra_context = {
        "title": gettext_lazy("Editions of the newsletter"),
        "breadcrumbs": [{"title": gettext_lazy("Newsletter")}],
    }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = context["paginator"].get_elided_page_range(context["page_obj"].number)
        return context | {"page_range": pages}


@require_safe
def edition(request, pk):
    """An edition as a page: readable from the first mail on, which links to it."""
    shown = get_object_or_404(Edition.objects.public(), pk=pk)
    context = {
        "edition": shown,
        "title": shown.subject,
        "entries": entries(shown, get_language()),
        "breadcrumbs": [
            {"title": _("Editions of the newsletter"), "url": reverse("newsletter:editions")},
            {"title": shown.subject},
        ],
    }
    return render(request, "newsletter/edition.html", context)


@require_safe
def feed(request):
    """The newest editions as Atom, each with all it tells."""
    newest = list(Edition.objects.sent().order_by("-finished_at", "-pk")[:IN_FEED])
    link = reverse("newsletter:editions")
    atom = AtomFeed(
        title=plain(_("Editions of the newsletter")),
        link=settings.PORTAL_URL + link,
        description=plain(settings.PORTAL_NAME),
        language=get_language(),
        author_name=settings.PORTAL_NAME,
        feed_url=settings.PORTAL_URL + request.path,
        updated=max((one.finished_at for one in newest), default=NEVER),
    )
    for one in newest:
        atom.add_item(
            title=plain(one.subject),
            link=settings.PORTAL_URL + one.get_absolute_url(),
            description=plain(one.introduction),
            unique_id=f"{settings.PORTAL_URL}/newsletter/editions/{one.pk}/{get_language()}",
            pubdate=one.started_at,
            updateddate=one.finished_at,
            language=get_language(),
            content=plain(_html(request, one)),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)


def _html(request, shown):
    context = {"edition": shown, "entries": entries(shown, get_language())}
    return render(request, "newsletter/edition_text.html", context).content.decode()

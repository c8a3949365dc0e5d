"""Public archive of sent editions."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from localisation.plaintext import plain
from newsletter.editions.content import entries
from newsletter.models import Edition
from syndication.feeds.views import FeedView
from syndication.subscribe_links import offers


class EditionListView(ListView):
    """Sent editions, the newest first."""

    queryset = Edition.objects.published().order_by("-finished_at", "-pk")
    paginate_by = 20
    template_name = "newsletter/editions.html"
    extra_context = {
        "title": gettext_lazy("Editions of the newsletter"),
        "breadcrumbs": [{"title": gettext_lazy("Newsletter")}],
    }

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = context["paginator"].get_elided_page_range(context["page_obj"].number)
        follow = offers(self.request.path, ["feed"])
        return context | {"page_range": pages, "follow": follow}


@require_safe
def edition(request, pk):
    """Show an edition; its mails link to this page, so it exists once sending begins."""
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


class EditionFeedView(FeedView):
    """Feed of sent editions, each with its full text."""

    def title(self):
        return _("Editions of the newsletter")

    def link(self):
        return reverse("newsletter:editions")

    def querysets(self):
        return [Edition.objects.published()]

    def entry(self, item):
        language = get_language()
        context = {"edition": item, "entries": entries(item, language)}
        return super().entry(item) | {
            "unique_id": f"{settings.PORTAL_URL}/newsletter/editions/{item.pk}/{language}",
            "content": plain(render_to_string("newsletter/edition_text.html", context)),
        }

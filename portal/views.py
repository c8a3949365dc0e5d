"""Home page, topic pages, monitoring and error pages."""

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.generic import ListView, TemplateView

from calls.models import Call, Project
from initiatives.models import Initiative
from news.models import Article, Event
from pages.models import Page
from publishing.models import Topic
from syndication import structured_data
from syndication.cards import Card
from syndication.subscribe_links import offers
from website.subpages import CARD_AGE
from website.views import ItemDetailView, SectionMixin


class HomeView(TemplateView):
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs):
        calls = Call.objects.published().for_list()
        return super().get_context_data(
            closing_soon=calls.closing_soon().by_deadline()[:4],
            open_calls=calls.with_status("open").by_deadline()[:4],
            forthcoming=calls.forthcoming().by_opening()[:3],
            articles=Article.objects.published().for_list().latest_first()[:4],
            events=Event.objects.published().for_list().upcoming()[:4],
            initiatives=Initiative.objects.published().for_list().running().by_title()[:6],
            topics=Topic.objects.top(),
            follow=offers(self.request.path, ["feed"]),
            **kwargs,
        )

    def structured_data(self, crumbs, home):
        return structured_data.script(structured_data.website(reverse("search")))


class TopicSection(SectionMixin):
    model = Topic
    section = "topics"
    section_title = _("Topics")
    list_url = "topics"


class TopicListView(TopicSection, ListView):
    template_name = "portal/topic_list.html"

    def get_queryset(self):
        return Topic.objects.top().prefetch_related("children__children")

    def get_context_data(self, **kwargs):
        crumbs = [{"title": self.section_title}]
        return super().get_context_data(title=self.section_title, breadcrumbs=crumbs, **kwargs)


class TopicDetailView(TopicSection, ItemDetailView):
    """Page of a topic, with the items published about it."""

    describe = staticmethod(structured_data.topic)

    template_name = "portal/topic_detail.html"
    name_field = "name"
    followed_by = ("feed", "calendar")
    queryset = Topic.objects.select_related("parent__parent", "lead_image")

    def get_context_data(self, **kwargs):
        topic = [self.object]

        def about(model):
            return model.objects.published().about(topic)

        return super().get_context_data(
            narrower=self.object.children.all(),
            initiatives=about(Initiative).for_detail().by_title()[:8],
            calls=about(Call).for_list().by_deadline()[:6],
            articles=about(Article).for_list().latest_first()[:6],
            events=about(Event).for_list().next_first()[:6],
            projects=about(Project).for_list().by_title()[:6],
            pages=about(Page).for_list().by_title()[:6],
            **kwargs,
        )


@cache_control(public=True, max_age=CARD_AGE)
def card(request):
    """Render the default share image, for pages without an image of their own."""
    portal = Card(title=settings.PORTAL_NAME, line=settings.PORTAL_TAGLINE)
    return HttpResponse(portal.jpeg(), content_type="image/jpeg")


def health(request):
    """Return 200 if the database can be read, for monitoring."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


def csrf_failure(request, reason=""):
    """Return 403 with instructions, for a form whose CSRF token is missing or stale."""
    return render(request, "403.html", status=403)

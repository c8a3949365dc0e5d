"""Home page, topic pages, monitoring and error pages."""

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.generic import ListView, TemplateView

from publishing.models import Topic
from publishing.page_tags import ITEMS
from publishing.registry import declarations
from syndication import structured_data
from syndication.cards import Card
from syndication.subscribe_links import offers
from website.subpages import CARD_AGE
from website.views import ItemDetailView, SectionMixin


class HomeView(TemplateView):
    cache_tags = (ITEMS,)
    template_name = "portal/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sections=home_sections(),
            topics=Topic.objects.top(),
            follow=offers(self.request.path, ["feed"]),
            **kwargs,
        )

    def structured_data(self, crumbs, home):
        return structured_data.script(structured_data.website(reverse("search")))


def home_sections():
    """Return the sections of the home page as dicts, with the items of each as a list."""
    sections = []
    for declaration in declarations():
        has_items = False
        for section in declaration.home:
            items = list(section.items(declaration.public().for_list())[: section.limit])
            has_items = has_items or bool(items)
            sections.append(
                {
                    "section": section,
                    "items": items,
                    "card": declaration.card,
                    "url": reverse(declaration.list_url_name) + section.query,
                    "empty": () if has_items else section.empty,
                }
            )
    return sorted(sections, key=lambda entry: entry["section"].order)


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
    subscription_kinds = ("feed", "calendar")
    queryset = Topic.objects.select_related("parent__parent", "lead_image")

    def get_context_data(self, **kwargs):
        sections = topic_sections(self.object)
        return super().get_context_data(
            narrower=self.object.children.all(),
            custom_sections=[section for section in sections if section["template"]],
            sections=[section for section in sections if not section["template"]],
            has_items=any(section["items"] for section in sections),
            **kwargs,
        )


def topic_sections(topic):
    """Return what is published about a topic, by type, as dicts with the items as a list."""
    sections = []
    for declaration in declarations():
        if declaration.topic_items is None:
            continue
        items = declaration.public().about([topic])
        items = items.for_detail() if declaration.topic_template else items.for_list()
        list_url = reverse(declaration.list_url_name) if declaration.list_view else ""
        sections.append(
            {
                "name": declaration.section,
                "title": declaration.title,
                "items": list(declaration.topic_items(items)[: declaration.topic_limit]),
                "template": declaration.topic_template,
                "card": declaration.card,
                "url": list_url and f"{list_url}?topic={topic.slug}",
                "is_grid": any(section.is_grid for section in declaration.home),
            }
        )
    return sections


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

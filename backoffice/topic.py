"""Topics in the admin."""

from django.contrib import admin
from django.db.models import Case, F, Value, When
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from backoffice.base import TranslatedAdmin
from publishing.models import Topic


@admin.register(Topic)
class TopicAdmin(TranslatedAdmin):
    """Topics, as a tree."""

    menu_order = 50
    slug_source = "name"
    fieldsets = [
        (None, {"fields": ["name", "parent", "introduction", "lead_image"]}),
        (_("Address"), {"fields": ["slug"], "classes": ["closing"]}),
    ]
    list_display = ["in_tree", "slug", "updated_at"]
    search_fields = ["name", "slug"]
    sortable_by = []
    list_per_page = 100

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("parent__parent")

    def get_ordering(self, request):
        return tree_order()

    @admin.display(description=_("topic"))
    def in_tree(self, topic):
        level = len(topic.ancestors())
        return format_html('<span class="tree_{}">{}</span>', level, topic)

    def choice_note(self, item):
        return " › ".join(str(ancestor) for ancestor in item.ancestors())


def tree_order():
    """Return the ordering that puts each topic after the one it belongs to, by address."""
    top = Case(
        When(parent__parent__isnull=False, then=F("parent__parent__slug")),
        When(parent__isnull=False, then=F("parent__slug")),
        default=F("slug"),
    )
    middle = Case(
        When(parent__parent__isnull=False, then=F("parent__slug")),
        When(parent__isnull=False, then=F("slug")),
        default=Value(""),
    )
    lowest = Case(When(parent__parent__isnull=False, then=F("slug")), default=Value(""))
    return [top, middle, lowest]

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from backoffice.dashboard import closing_panel
from backoffice.forms import PortalForm, TranslatedRowInline, ZonedForm
from backoffice.lists import picker
from backoffice.publishable import PublishableAdmin
from news.models import Article, ArticleLink, Event


class ArticleLinkInline(TranslatedRowInline):
    model = ArticleLink
    fields = ["title", ("url", "language"), "position"]


@admin.register(Article)
class ArticleAdmin(PublishableAdmin):
    menu_order = 30
    lead_fields = [("kind", "published_on")]
    text_fields = ["quote", "quote_speaker", "quote_function", "background"]
    related_fields = ["initiatives", "calls", "projects"]
    inlines = [ArticleLinkInline]
    columns = ["kind", "published_on"]
    filters = ["kind", picker("initiatives"), picker("calls")]
    date_hierarchy = "published_on"


class EventForm(ZonedForm, PortalForm):
    zoned = ("starts_at", "ends_at", "registration_deadline_at")


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    menu_order = 32
    form = EventForm
    lead_fields = [("starts_at", "ends_at", "timezone"), "is_all_day"]
    fact_fields = [
        ("is_online", "online_url"),
        "place",
        ("address", "country"),
        ("registration_url", "registration_deadline_at"),
    ]
    text_fields = ["programme"]
    related_fields = ["recording_url", "documents", "initiatives", "calls", "projects"]
    columns = ["starts_at", "place"]
    filters = [picker("initiatives"), picker("calls")]
    search_fields = ["title", "place"]
    date_hierarchy = "starts_at"
    help_texts = {
        "starts_at": _("Local time in the time zone next to it."),
        "registration_deadline_at": _("Local time in the event’s time zone."),
        "recording_url": _("Add it after the event."),
    }

    def choice_note(self, item):
        return " · ".join(
            filter(None, [super().choice_note(item), f"{item.starts_at:%Y-%m-%d}"])
        )

    def dashboard_panels(self, request):
        panels = super().dashboard_panels(request)
        events = self.get_queryset(request)
        closing = closing_panel(events, "registration_deadline_at", _("registration"))
        return [*panels, closing] if panels else []

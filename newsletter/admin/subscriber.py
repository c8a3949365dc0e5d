from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsletter.models import Subscriber
from publishing.admin import PortalAdmin
from publishing.admin.marks import badge


@admin.register(Subscriber)
class SubscriberAdmin(PortalAdmin):
    """Shows who gets the newsletter. Nobody is signed up here: consent comes by mail."""

    menu_order = 60
    fields = ["email", "language", "state", "created_at", "confirmed_at"]
    readonly_fields = fields
    list_display = ["email", "language", "state_now", "created_at", "confirmed_at"]
    list_filter = ["state", "created_at"]
    search_fields = ["email"]
    sortable_by = ["email"]
    actions = ["unsubscribe"]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("state"))
    def state_now(self, subscriber):
        return badge(subscriber.get_state_display(), subscriber.state)

    @admin.action(description=_("Unsubscribe"), permissions=["change"])
    def unsubscribe(self, request, queryset):
        subscribers = list(queryset)
        for subscriber in subscribers:
            subscriber.end(Subscriber.State.UNSUBSCRIBED)
            self.log_change(request, subscriber, _("Unsubscribed."))
        message = ngettext(
            "%(count)s subscriber gets no more mail.",
            "%(count)s subscribers get no more mail.",
            len(subscribers),
        )
        self.message_user(request, message % {"count": len(subscribers)}, messages.SUCCESS)

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from backoffice.lists import badge
from newsletter.admin.read_only import ReadOnlyAdmin, ReadOnlyRows
from newsletter.consent import erase, unsubscribe
from newsletter.models import ConsentEvent, SignUp, Subscriber, Subscription


class SubscriptionRows(ReadOnlyRows):
    model = Subscription
    fields = ["kind", "section", "query", "frequency", "is_muted", "created_at", "ended_at"]
    readonly_fields = fields


class ConsentRows(ReadOnlyRows):
    model = ConsentEvent
    fields = ["event", "at", "form_address", "purposes", "wording_id", "message_id"]
    readonly_fields = fields


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnlyAdmin):
    """Subscribers, with actions for requests by telephone.

    Staff cannot add subscribers, because consent is given by mail.
    """

    menu_order = 60
    fields = [
        "email",
        "language",
        "state",
        "paused_until",
        "created_at",
        "confirmed_at",
        "ended_at",
    ]
    readonly_fields = fields
    list_display = ["email", "language", "state_now", "created_at", "confirmed_at"]
    list_filter = ["state", "language", "created_at"]
    search_fields = ["email"]
    sortable_by = ["email"]
    inlines = [SubscriptionRows, ConsentRows]
    actions = ["unsubscribe", "erase"]

    @admin.display(description=_("state"))
    def state_now(self, subscriber):
        return badge(subscriber.get_state_display(), subscriber.state)

    @admin.action(description=_("Unsubscribe selected subscribers"), permissions=["alter"])
    def unsubscribe(self, request, queryset):
        subscribers = [s for s in queryset if unsubscribe(s)]
        for subscriber in subscribers:
            self.log_change(request, subscriber, _("Unsubscribed."))
        message = ngettext(
            "%(count)s subscriber will get no more e-mails.",
            "%(count)s subscribers will get no more e-mails.",
            len(subscribers),
        )
        self.message_user(request, message % {"count": len(subscribers)}, messages.SUCCESS)

    @admin.action(description=_("Erase permanently"), permissions=["erase"])
    def erase(self, request, queryset):
        subscribers = list(queryset)
        for subscriber in subscribers:
            erase(subscriber)
            self.log_change(request, subscriber, _("Erased."))
        message = ngettext(
            "The data of %(count)s subscriber has been erased.",
            "The data of %(count)s subscribers has been erased.",
            len(subscribers),
        )
        self.message_user(request, message % {"count": len(subscribers)}, messages.SUCCESS)

    def has_alter_permission(self, request):
        return request.user.has_perm("newsletter.change_subscriber")

    def has_erase_permission(self, request):
        return request.user.has_perm("newsletter.delete_subscriber")


@admin.register(SignUp)
class SignUpAdmin(ReadOnlyAdmin):
    """Recent sign-ups and their state."""

    menu_order = 61
    fields = [
        "email",
        "language",
        "choices",
        "state",
        "reason",
        "form_address",
        "network",
        "created_at",
        "mailed_at",
        "confirmed_at",
    ]
    readonly_fields = fields
    list_display = ["email", "language", "state_now", "form_address", "created_at"]
    list_filter = ["state", "language", "created_at"]
    search_fields = ["email"]
    sortable_by = []

    @admin.display(description=_("state"))
    def state_now(self, sign_up):
        return badge(sign_up.get_state_display(), sign_up.state)

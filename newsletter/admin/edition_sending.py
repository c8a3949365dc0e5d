"""Admin page that schedules, sends, pauses and cancels an edition."""

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.forms import WallClockField, ZonedForm, datalist_field, datalists
from backoffice.item_pages import item_page, page_url, report
from backoffice.widgets import DateTimeInput
from newsletter import editions
from newsletter.editions import CHANGE, SEND
from newsletter.models import Delivery, Edition
from publishing.models import Bundle

State = Edition.State
#: Button name -> (function, permission, states that offer it, label, success message).
STEPS = {
    "request_review": (
        editions.request_review,
        CHANGE,
        {State.DRAFT},
        gettext_lazy("Request a review"),
        gettext_lazy("Review requested."),
    ),
    "approve": (
        editions.approve,
        SEND,
        {State.DRAFT, State.REVIEW},
        gettext_lazy("Approve"),
        gettext_lazy("Approved. The edition can be sent."),
    ),
    "reopen": (
        editions.reopen,
        SEND,
        {State.REVIEW, State.APPROVED},
        gettext_lazy("Return to draft"),
        gettext_lazy("The edition can be edited again. It is not scheduled."),
    ),
    "send_now": (
        editions.send_now,
        SEND,
        {State.APPROVED},
        gettext_lazy("Send now"),
        gettext_lazy("The edition is being sent."),
    ),
    "pause": (
        editions.pause,
        SEND,
        {State.SENDING},
        gettext_lazy("Pause"),
        gettext_lazy("Paused."),
    ),
    "resume": (
        editions.resume,
        SEND,
        {State.PAUSED},
        gettext_lazy("Continue"),
        gettext_lazy("The edition is being sent."),
    ),
    "cancel": (
        editions.cancel,
        SEND,
        {State.FROZEN, State.SENDING, State.PAUSED},
        gettext_lazy("Cancel permanently"),
        gettext_lazy("Cancelled. Nobody else will get this edition."),
    ),
}
#: Irreversible steps, each with a page that asks for confirmation.
FINAL = {"send_now", "cancel"}


class ScheduleForm(ZonedForm):
    """Schedule of an approved edition: a time or a bundle."""

    zoned = ("at",)
    at = WallClockField(label=gettext_lazy("When"), widget=DateTimeInput, required=False)
    timezone = datalist_field(Edition._meta.get_field("timezone"))
    bundle = forms.ModelChoiceField(
        Bundle.objects.filter(published_at=None),
        label=gettext_lazy("Or together with a bundle"),
        required=False,
        empty_label=gettext_lazy("no bundle"),
    )

    class Meta:
        model = Edition
        fields = ()

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("at")) == bool(cleaned.get("bundle")) and not self.errors:
            raise ValidationError(_("Choose either a time or a bundle."))
        return cleaned

    def _post_clean(self):
        """Skip the validation of the model: the workflow writes the edition."""


def sending(request, admin, edition):
    """Show how far the sending is; on POST, schedule it or run a step."""
    if name := request.POST.get("_step"):
        return run_step(request, admin, edition, name)
    form = ScheduleForm(request.POST if request.method == "POST" else None, instance=edition)
    if request.method == "POST" and not request.user.has_perm(SEND):
        raise PermissionDenied
    if form.is_valid() and save_schedule(request, admin, edition, form):
        return HttpResponseRedirect(page_url(edition, "sending"))
    return sending_page(request, admin, edition, form)


def confirmation(request, admin, edition, step):
    """Ask for confirmation of a final step; the answer is posted to the sending page."""
    if step not in FINAL:
        raise Http404
    _step, permission, states, label, _done = STEPS[step]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    if edition.state not in states:
        return HttpResponseRedirect(page_url(edition, "sending"))
    return item_page(
        request,
        admin,
        edition,
        "admin/edition_confirmation.html",
        label,
        edition=edition,
        step=step,
        number=remaining_recipients(edition).count(),
        sending_url=page_url(edition, "sending"),
    )


def run_step(request, admin, edition, name):
    if name not in STEPS:
        raise PermissionDenied
    step, _permission, _states, _label, done = STEPS[name]
    try:
        step(edition=edition, by=request.user)
    except ValidationError as error:
        admin.message_user(request, " ".join(error.messages), messages.ERROR)
    else:
        report(request, admin, edition, str(done))
    return HttpResponseRedirect(page_url(edition, "sending"))


def save_schedule(request, admin, edition, form):
    try:
        editions.schedule(edition=edition, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    report(request, admin, edition, _("Scheduled. The edition will be sent automatically."))
    return True


def sending_page(request, admin, edition, form):
    may_send = request.user.has_perm(SEND)
    fieldsets = [(None, {"fields": list(form.fields)})]
    return item_page(
        request,
        admin,
        edition,
        "admin/edition_sending.html",
        _("Sending"),
        edition=edition,
        audience=None if edition.frozen_at else audience_figures(edition),
        progress=progress_figures(edition),
        steps=offered_steps(edition, request.user),
        adminform=AdminForm(form, fieldsets, {}, model_admin=admin),
        datalists=datalists(form),
        errors=form.errors,
        media=admin.media + form.media,
        may_schedule=may_send and edition.state == State.APPROVED,
    )


def offered_steps(edition, user):
    """Return the steps that the user may take now: dicts of name, label and url."""
    return [
        {
            "name": name,
            "label": label,
            "url": page_url(edition, "sending", name) if name in FINAL else "",
        }
        for name, (_step, permission, states, label, _done) in STEPS.items()
        if edition.state in states and user.has_perm(permission)
    ]


def remaining_recipients(edition):
    """Return the current audience, or once frozen the deliveries that are left."""
    if edition.frozen_at:
        return edition.deliveries.exclude(state__in=Delivery.SETTLED)
    return editions.audience(edition)


def audience_figures(edition):
    """Return the size of the current audience.

    A dict of number (total) and languages [(language, number)].
    """
    counted = dict(
        editions.audience(edition)
        .order_by("language")
        .values_list("language")
        .annotate(number=Count("pk"))
    )
    return {"number": sum(counted.values()), "languages": list(counted.items())}


def progress_figures(edition):
    """Return the progress of sending, or None before freezing.

    A dict of recipients, settled, percent and rows [(label, number)].
    """
    if not edition.frozen_at:
        return None
    counted = dict(
        edition.deliveries.order_by("state").values_list("state").annotate(number=Count("pk"))
    )
    settled = sum(counted.get(state, 0) for state in Delivery.SETTLED)
    return {
        "recipients": edition.recipients,
        "settled": settled,
        "percent": 100 * settled // (edition.recipients or 1),
        "rows": [(label, counted[s]) for s, label in Delivery.State.choices if s in counted],
    }

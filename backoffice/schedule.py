"""When something goes public: the page of an item's, or a bundle's, schedule."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.controls import datalists, listed_field
from backoffice.desk import OWN, Entry, Panel
from backoffice.instants import WallClockField, ZonedForm
from backoffice.widgets import DateTimeInput
from publishing import workflow
from publishing.models import Revision, Schedule

#: How far ahead the start page tells what is scheduled.
HORIZON = timedelta(days=7)
#: What was done or cancelled lately and is still listed.
LATELY = 10


class BundleScheduleForm(ZonedForm):
    """When the whole of a bundle is published."""

    zoned = ("at",)
    at = WallClockField(label=gettext_lazy("When"), widget=DateTimeInput)
    timezone = listed_field(Schedule._meta.get_field("timezone"))

    class Meta:
        model = Schedule
        fields = ("at", "timezone", "reason")

    def _post_clean(self):
        """Only what is typed is checked here: `workflow` makes the Schedule."""


class ItemScheduleForm(BundleScheduleForm):
    """When the newest draft is published, or the item unpublished."""

    class Meta(BundleScheduleForm.Meta):
        fields = ("action", "at", "timezone", "reason")
        widgets = {"action": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            label = _("Change note for readers, %(language)s") % {"language": name}
            self.fields[f"note_{code}"] = forms.CharField(
                label=label, max_length=300, required=False
            )
            self.fields[f"note_{code}"].widget.attrs["lang"] = code

    def change_note(self):
        notes = {code: self.cleaned_data[f"note_{code}"] for code, _name in settings.LANGUAGES}
        return {code: note for code, note in notes.items() if note}


class SchedulePage:
    """Mixin for a model admin whose objects have schedules."""

    schedule_form = None

    def get_urls(self):
        return [self.item_url("schedule", self.schedule_view), *super().get_urls()]

    def schedule_url(self, item):
        name = admin_urlname(self.opts, "schedule")
        return reverse(name, args=[item.pk])

    def schedules(self, item):
        """All schedules of the object."""
        raise NotImplementedError

    def may_schedule(self, request, item):
        raise NotImplementedError

    def make_schedule(self, request, item, form):
        """Schedule what the valid form says. May raise ValidationError."""
        raise NotImplementedError

    def schedule_view(self, request, object_id):
        item = self.live_item(request, object_id)
        if not self.may_schedule(request, item):
            raise PermissionDenied
        if "_cancel" in request.POST:
            return self.cancel_schedule(request, item)
        form = self.schedule_form(request.POST or None, initial=self.initial_schedule())
        if form.is_valid() and self.accept_schedule(request, item, form):
            return HttpResponseRedirect(self.schedule_url(item))
        return self.schedule_page(request, item, form)

    def initial_schedule(self):
        return {"timezone": settings.TIME_ZONE}

    def accept_schedule(self, request, item, form):
        """Whether it could be scheduled; else the form holds the reason."""
        try:
            self.make_schedule(request, item, form)
        except ValidationError as error:
            # What is wrong may lie in the item, whose fields this form doesn't have.
            is_of_form = getattr(error, "error_dict", {}).keys() <= form.fields.keys()
            form.add_error(None, error if is_of_form else error.messages)
            return False
        done = _(
            "Scheduled. You can continue editing: later changes do not affect the scheduled "
            "version."
        )
        self.log_change(request, item, done)
        self.message_user(request, done, messages.SUCCESS)
        return True

    def cancel_schedule(self, request, item):
        key = request.POST["_cancel"]
        waiting = self.schedules(item).filter(pk=key if key.isdecimal() else None)
        if len(key) > 18 or not (found := waiting.first()):
            raise Http404
        try:
            workflow.cancel(schedule=found, by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        else:
            self.log_change(request, item, _("Schedule cancelled."))
            self.message_user(request, _("Schedule cancelled."), messages.SUCCESS)
        return HttpResponseRedirect(self.schedule_url(item))

    def schedule_page(self, request, item, form):
        known = self.schedules(item).select_related("revision", "author")
        known = known.defer("revision__data", "revision__new_ids")
        settled = known.exclude(done_at=None, cancelled_at=None).order_by("-at")[:LATELY]
        fieldsets = [(None, {"fields": list(form.fields)})]
        return self.item_page(
            request,
            item,
            "admin/schedule.html",
            _("Schedule"),
            adminform=AdminForm(form, fieldsets, {}, model_admin=self),
            datalists=datalists(form),
            errors=form.errors,
            media=self.media + form.media,
            waiting=known.waiting(),
            settled=settled,
            **self.schedule_context(item),
        )

    def schedule_context(self, item):
        return {}


class Scheduling(SchedulePage):
    """Mixin for the admin of a Publishable."""

    schedule_form = ItemScheduleForm

    def schedules(self, item):
        return Schedule.objects.of(item)

    def may_schedule(self, request, item):
        return workflow.may("schedule", item=item, by=request.user)

    def initial_schedule(self):
        return super().initial_schedule() | {"action": Schedule.Action.PUBLISH}

    def make_schedule(self, request, item, form):
        workflow.schedule(
            item=item,
            by=request.user,
            change_note=form.change_note(),
            **{name: form.cleaned_data[name] for name in form.Meta.fields},
        )

    def schedule_context(self, item):
        return {"newest": Revision.objects.open_draft(item), "is_published": item.is_published}

    def response_change(self, request, obj):
        if "_schedule" in request.POST:
            return HttpResponseRedirect(self.schedule_url(obj))
        return super().response_change(request, obj)

    def response_add(self, request, obj, post_url_continue=None):
        if "_schedule" in request.POST:
            return HttpResponseRedirect(self.schedule_url(obj))
        return super().response_add(request, obj, post_url_continue)

    def desk_panels(self, request):
        panels = super().desk_panels(request)
        if self.has_view_permission(request):
            kind = ContentType.objects.get_for_model(self.model)
            mine = [one for one in coming_schedules(request) if one.content_type_id == kind.pk]
            may = self.may_schedule(request, self.model)
            page = self.schedule_url if may else self.change_url
            panels += schedule_panels(mine, lambda schedule: page(schedule.item))
        return panels

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk:
            waiting = self.schedules(obj).waiting().select_related("revision")
            context["waiting"] = waiting.defer("revision__data", "revision__new_ids")
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


def coming_schedules(request):
    """What goes live or off within a week, and what failed, of all types: asked for once a
    request. What was scheduled for things that are gone is left out."""
    if not hasattr(request, "coming_schedules"):
        soon = Q(at__lte=timezone.now() + HORIZON) | ~Q(problem="")
        found = Schedule.objects.waiting().filter(soon).order_by("at")
        found = found.select_related("bundle").prefetch_related("item", "bundle__items")[:OWN]
        request.coming_schedules = [one for one in found if one.bundle or one.item]
    return request.coming_schedules


def schedule_panels(schedules, url_of):
    """The start page's panels of these schedules. `url_of` leads from one to its page."""
    failed = [schedule for schedule in schedules if schedule.problem]
    coming = [schedule for schedule in schedules if not schedule.problem]
    return [
        Panel(
            key="failed",
            title=gettext_lazy("Failed, will be retried"),
            order=5,
            entries=[_entry(schedule, url_of, schedule.problem) for schedule in failed],
            shows_time=True,
        ),
        Panel(
            key="coming",
            title=gettext_lazy("Going live this week"),
            order=12,
            entries=[_entry(schedule, url_of) for schedule in coming],
            shows_time=True,
        ),
    ]


def _entry(schedule, url_of, *notes):
    what = str(schedule.get_action_display())
    title = str(schedule.bundle or schedule.item)
    return Entry(title, url_of(schedule), what, schedule.at, notes)

"""The page of the schedule of an item or a bundle."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.helpers import AdminForm
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views import View

from backoffice.forms import datalists
from backoffice.item_pages import item_page, page_url, report
from publishing import workflow

#: Number of past schedules that are listed: the latest.
MAX_PAST_SCHEDULES = 10
#: Digits of the largest number that the databases have.
DIGITS = 18


class ScheduleView(View):
    """Page on which staff schedule something, and cancel it again."""

    form_class = None

    def setup(self, request, admin, item):
        super().setup(request, admin, item)
        self.admin, self.item = admin, item

    def schedules(self):
        """Return all schedules of the object."""
        raise NotImplementedError

    def make_schedule(self, form):
        """Schedule what the valid form says. May raise ValidationError."""
        raise NotImplementedError

    def initial(self):
        return {"timezone": settings.TIME_ZONE}

    def extra_context_data(self):
        return {}

    def get(self, request, admin, item):
        return self.page(self.form_class(initial=self.initial()))

    def post(self, request, admin, item):
        if "_cancel" in request.POST:
            return self.cancel(request.POST["_cancel"])
        form = self.form_class(request.POST or None, initial=self.initial())
        if form.is_valid() and self.save_schedule(form):
            return self.back()
        return self.page(form)

    def back(self):
        return HttpResponseRedirect(page_url(self.item, "schedule"))

    def save_schedule(self, form):
        """Schedule it, and return whether that was possible; else the form has the reason."""
        try:
            self.make_schedule(form)
        except ValidationError as error:
            # The error may be about fields of the item, which this form doesn't have.
            is_of_form = getattr(error, "error_dict", {}).keys() <= form.fields.keys()
            form.add_error(None, error if is_of_form else error.messages)
            return False
        success_message = _(
            "Scheduled. You can continue editing: later changes do not affect the scheduled "
            "version."
        )
        report(self.request, self.admin, self.item, success_message)
        return True

    def cancel(self, key):
        """Cancel one of the object's schedules."""
        waiting = self.schedules().filter(pk=key if key.isdecimal() else None)
        if len(key) > DIGITS or not (found := waiting.first()):
            raise Http404
        try:
            workflow.cancel(schedule=found, by=self.request.user)
        except ValidationError as error:
            text = " ".join(error.messages)
            self.admin.message_user(self.request, text, messages.ERROR)
        else:
            report(self.request, self.admin, self.item, _("Schedule cancelled."))
        return self.back()

    def page(self, form):
        known = self.schedules().select_related("revision", "author")
        known = known.defer("revision__data", "revision__new_ids")
        fieldsets = [(None, {"fields": list(form.fields)})]
        return item_page(
            self.request,
            self.admin,
            self.item,
            "admin/schedule.html",
            _("Schedule"),
            adminform=AdminForm(form, fieldsets, {}, model_admin=self.admin),
            datalists=datalists(form),
            errors=form.errors,
            media=self.admin.media + form.media,
            waiting=known.waiting(),
            settled=known.exclude(done_at=None, cancelled_at=None).order_by("-at")[
                :MAX_PAST_SCHEDULES
            ],
            **self.extra_context_data(),
        )

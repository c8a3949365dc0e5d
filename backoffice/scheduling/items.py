"""Schedules of an item: its page, and the part of its form."""

from backoffice.base import FormPart
from backoffice.scheduling.forms import ItemScheduleForm
from backoffice.scheduling.views import ScheduleView
from publishing import workflow
from publishing.models import Revision, Schedule


class ItemScheduleView(ScheduleView):
    """Page of an item's schedule."""

    form_class = ItemScheduleForm

    def schedules(self):
        return Schedule.objects.of(self.item)

    def initial(self):
        return super().initial() | {"action": Schedule.Action.PUBLISH}

    def make_schedule(self, form):
        workflow.schedule(
            item=self.item,
            by=self.request.user,
            change_note=form.change_note(),
            **{name: form.cleaned_data[name] for name in form.Meta.fields},
        )

    def extra_context_data(self):
        newest = Revision.objects.open_draft(self.item)
        return {"newest": newest, "is_published": self.item.is_published}


class WaitingSchedules(FormPart):
    """Schedules of the item that have yet to be carried out."""

    def context(self, item, user):
        waiting = Schedule.objects.of(item).waiting().select_related("revision")
        return {"waiting": waiting.defer("revision__data", "revision__new_ids")}

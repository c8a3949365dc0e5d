"""What stands against publishing an item, beside its form and when publishing is refused."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from backoffice.drafts import submitted_snapshot
from publishing import workflow
from publishing.checks import Level, NotReady, findings, label, refuse_unless_ready
from publishing.revisions import snapshots


class Readiness:
    """Mixin for the admin of a Publishable, to be named after `Publication`.

    Publishing is refused before anything is saved, with links to what the editor typed.
    """

    def get_urls(self):
        return [self.item_url("checks", self.checks_view), *super().get_urls()]

    def checks_view(self, request, object_id):
        """The findings about the newest version, with links into the form."""
        item = self.live_item(request, object_id)
        found = findings(workflow.draft_of(item))
        title = _("Ready to publish?")
        return self.item_page(request, item, "admin/checks.html", title, findings=found)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except NotReady as refusal:
            request.refusal = refusal
            request.workflow_errors = errors_by_field(refusal)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        if "_publish" in request.POST:
            item = snapshots.load(form.instance, submitted_snapshot(form, formsets))
            found = [in_form(finding, self.model, formsets) for finding in findings(item)]
            refuse_unless_ready(found, request.POST.get("_reason", ""))
        super().save_related(request, form, formsets, change)

    def render_change_form(self, request, context, *args, **kwargs):
        if refusal := getattr(request, "refusal", None):
            context["refusal"] = refusal
            context["findings"] = [f for f in refusal.findings if not is_marked(f)]
        return super().render_change_form(request, context, *args, **kwargs)


def is_marked(finding):
    """Whether it stands at its field, as an error of the form."""
    return finding.level == Level.ERROR and bool(finding.field and not finding.rows)


def errors_by_field(refusal):
    """The refusal as errors of the form, by field; what to do about the rest under None."""
    text = _("This cannot be published yet. Fix the following first.")
    if refusal.needs_reason_only:
        text = _("Publishing this requires a reason. Enter it under “Reason, for staff”.")
    errors = {None: [text]}
    for finding in filter(is_marked, refusal.findings):
        errors.setdefault(finding.field, []).append(finding.message)
    return {name: ValidationError(texts) for name, texts in errors.items()}


def in_form(finding, model, formsets):
    """The finding with the number that its row has in the submitted form."""
    formset = next((f for f in formsets if f.relation_name == finding.rows), None)
    if formset is None or finding.index is None:
        return finding
    number = int(formset.submitted_forms()[finding.index].prefix.rpartition("-")[2])
    moved = replace(finding, index=number)
    return replace(moved, label=label(model, moved))

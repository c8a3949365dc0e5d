"""Readiness of a submitted form: publishing is refused before anything is saved."""

from dataclasses import replace

from django.utils.translation import gettext as _

from backoffice.base import FormPart
from backoffice.editing import reason_of, submitted_snapshot
from publishing.checks import Level, NotReady, label, require_ready, run_checks
from publishing.revisions import snapshots


def require_form_ready(request, form, formsets):
    """Raise NotReady, with links into the form, for findings about what was submitted."""
    item = snapshots.load(form.instance, submitted_snapshot(form, formsets))
    found = [locate_in_form(finding, type(item), formsets) for finding in run_checks(item)]
    require_ready(found, reason_of(request))


def locate_in_form(finding, model, formsets):
    """Return the finding with the number that its row has in the submitted form."""
    formset = next((f for f in formsets if f.relation_name == finding.rows), None)
    if formset is None or finding.index is None:
        return finding
    number = int(formset.submitted_forms()[finding.index].prefix.rpartition("-")[2])
    moved = replace(finding, index=number)
    return replace(moved, label=label(model, moved))


def is_marked(finding):
    """Return whether the finding is shown at its field, as an error of the form."""
    return finding.level == Level.ERROR and bool(finding.field and not finding.rows)


def errors_by_field(save_error):
    """Return an error as errors of the form by field, with a general one under None."""
    text = _("This cannot be published yet. Fix the following first.")
    if save_error.needs_reason_only:
        text = _("Publishing this requires a reason. Enter it under “Reason, for staff”.")
    errors = {None: [text]}
    for finding in filter(is_marked, save_error.findings):
        errors.setdefault(finding.field, []).append(finding.message)
    return errors


class ReadinessFindings(FormPart):
    """Findings that made publishing fail, beside those that mark a field."""

    def applies_to(self, item, user):
        return isinstance(getattr(self.request, "save_error", None), NotReady)

    def context(self, item, user):
        save_error = self.request.save_error
        found = [finding for finding in save_error.findings if not is_marked(finding)]
        return {"save_error": save_error, "findings": found}

"""Forms that open on the newest draft and write revisions, never the live rows of an item.

The form carries the number of the version it was opened on (`_seen`). On submission the item
is loaded as of that version, so that its rows are those that the editor saw.
"""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _

from localisation import formats
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import changes, snapshots
from publishing.workflow import Conflict


class Drafts:
    """Mixin for the admin of a Publishable."""

    def get_object(self, request, object_id, from_field=None):
        item = super().get_object(request, object_id, from_field)
        if item is None:
            return None
        public = Revision.objects.live(item) if item.is_published else None
        revision = self.opened_revision(request, item)
        aliases = workflow.new_ids_since(revision, public) if revision else {}
        if revision and (request.POST or workflow.is_apart(item, revision)):
            item = snapshots.load(item, workflow.up_to_date(revision))
        super().load_relations(item)
        item.opened_revision, item.public_revision = revision, public
        item.row_aliases = aliases
        return item

    def load_relations(self, item):
        """Nothing yet: a draft may have chosen others."""

    def opened_revision(self, request, item):
        """The version the form is about: the one it was opened on, or what is newest."""
        seen = version_number(request.POST.get("_seen"))
        if seen is not None:
            return Revision.objects.of(item).filter(number=seen).first()
        return workflow.head(item)

    # Saving ----------------------------------------------------------------------------

    def save_model(self, request, obj, form, change):
        """Writes a row for a new item only: later, the revision is all that is written."""
        if not change:
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        if change:
            revision = self.save_version(request, form, formsets)
        else:
            super().save_related(request, form, formsets, change)
            revision = workflow.begin(
                item=form.instance, by=request.user, reason=typed_reason(request)
            )
        form.instance.saved_revision = revision

    def save_version(self, request, form, formsets):
        opened = form.instance.opened_revision
        return workflow.save_draft(
            item=form.instance,
            snapshot=submitted_snapshot(form, formsets),
            by=request.user,
            seen=opened and opened.number,
            overrule=self.overruled(request),
            reason=typed_reason(request),
        )

    def response_change(self, request, obj):
        if "_continue" not in request.POST:
            return super().response_change(request, obj)
        message = _("Draft saved.")
        if obj.is_published:
            message = _("Draft saved. Readers still see the published version.")
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(obj))

    def overruled(self, request):
        """Number of the version over which the editor insists on the form, or None."""
        return version_number(request.POST.get("_overrule"))

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Conflict as conflict:
            # Nothing was saved, nothing typed is lost: the form comes back as it was sent.
            request.conflict = conflict
            request.workflow_errors = clash_errors(self.model, conflict)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and obj.pk:
            context["draft"] = self.draft_context(request, obj)
        context["notes"] = notes_context(request)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def draft_context(self, request, item):
        opened = getattr(item, "opened_revision", None)
        is_draft = bool(opened and opened.kind == Revision.Kind.DRAFT and item.is_published)
        conflict = getattr(request, "conflict", None)
        return {
            "seen": opened.number if opened else "",
            "overrule": conflict.revision.number if conflict and conflict.revision else "",
            "is_open": is_draft,
            "revision": opened,
            "changes": self.changes_to_live(item, opened) if is_draft else [],
        }

    def changes_to_live(self, item, draft):
        """What the draft would change for readers."""
        public = item.public_revision
        if not public:
            return []
        return changes.describe(self.model, public.data, workflow.up_to_date(draft))


def typed_reason(request):
    return request.POST.get("_reason", "")[:300]


def version_number(text):
    """The number of a version as a form sends it, or None."""
    return int(text[:9]) if text and text.isdecimal() else None


def notes_context(request):
    """What was typed about this version, kept when the form comes back."""
    languages = settings.LANGUAGES
    notes = [
        {"code": code, "name": name, "text": request.POST.get(f"_change_note_{code}", "")}
        for code, name in languages
    ]
    return {"reason": request.POST.get("_reason", ""), "change_notes": notes}


def submitted_snapshot(form, formsets):
    """The snapshot of an item as a valid form and its formsets have it."""
    item = form.instance
    snapshot = snapshots.dump(item)
    for name in snapshot["links"].keys() & form.cleaned_data.keys():
        snapshot["links"][name] = sorted(related.pk for related in form.cleaned_data[name])
    for formset in formsets:
        formset.save(commit=False)  # takes note of what changed, for the log
        relation = formset.fk.remote_field
        if relation.name in snapshot["rows"]:
            snapshot["rows"][relation.name] = [
                snapshots.dump_row(row, relation) for row in formset.submitted_rows()
            ]
    return snapshot


def clash_errors(model, conflict):
    """What each clashing field reads now, as errors by field."""
    errors = {}
    described = changes.describe(model, conflict.merged, conflict.theirs)
    clashing = [change for change in described if change.place in conflict.clashes]
    for change in clashing:
        name = form_field(model, change.place)
        text = _("Someone else has changed this in the meantime. It now reads: “%(text)s”.")
        text = text % {"text": change.new or _("empty")}
        errors.setdefault(name, []).append(text if name else formats.named(change.label, text))
    hint = _("Copy what you need, then save again: your version will replace theirs.")
    errors.setdefault(None, []).insert(0, f"{conflict} {hint}")
    return {name: ValidationError(texts) for name, texts in errors.items()}


def form_field(model, place):
    """Name of the form's field for a place; None for rows, which the form's head tells of."""
    if place[0] != "fields":
        return place[1] if place[0] == "links" else None
    fields = snapshots.content_fields(model)
    return next((field.name for field in fields if field.attname == place[1]), None)

"""Parts of the form that are about drafts: unsaved work, the draft, its notes."""

from django.conf import settings

from backoffice.base import FormPart
from backoffice.editing.open_forms import new_token, token_of
from backoffice.editing.presence import presence
from backoffice.editing.recovery import changed_labels, recovered_form
from backoffice.item_pages import may_write, page_url, type_page_url
from publishing import workflow
from publishing.models import OpenForm, Revision
from publishing.revisions import changes
from publishing.workflow import Conflict


class UnsavedWork(FormPart):
    """Unsaved work that is offered back, and other people at the same form."""

    def applies_to(self, item, user):
        return may_write(self.request, self.admin, item)

    def context(self, item, user):
        recovered = recovered_form(self.request)
        token = recovered.token if recovered else token_of(self.request) or new_token()
        opened = OpenForm.objects.of(self.admin.model, item and item.pk)
        opened = list((opened if item else opened.filter(user=user)).visible_to(user))
        editing = {
            "token": token,
            "keep_url": self.keep_url(item),
            "work": [form for form in opened if is_offered(form, user, token)],
            "recovered_form": recovered,
            "changed_labels": self.changed_labels() if recovered else [],
            "files": self.request.POST.getlist("_files"),
            **(presence(self.request, item, opened) if item else {}),
        }
        return {"editing": editing}

    def keep_url(self, item):
        if item is None:
            return type_page_url(self.admin.model, "keep_new")
        return page_url(item, "keep")

    def changed_labels(self):
        return changed_labels(
            self.page_context["adminform"], self.page_context["inline_admin_formsets"]
        )


def is_offered(form, user, token):
    """Return whether an OpenForm is unsaved work of the user in another form."""
    return form.user_id == user.pk and form.token != token and form.changed_at is not None


class OpenDraft(FormPart):
    """The version that the form is about, and how it differs from what is public."""

    def context(self, item, user):
        opened = getattr(item, "opened_revision", None)
        is_draft = bool(opened and opened.kind == Revision.Kind.DRAFT and item.is_published)
        save_error = getattr(self.request, "save_error", None)
        conflicting = save_error.revision if isinstance(save_error, Conflict) else None
        draft = {
            "seen": opened.number if opened else "",
            "overrule": conflicting.number if conflicting else "",
            "is_open": is_draft,
            "revision": opened,
            "changes": changes_to_public(item, opened) if is_draft else [],
        }
        return {"draft": draft}


def changes_to_public(item, draft):
    """Return the changes that the draft would make for readers."""
    public = item.public_revision
    if not public:
        return []
    return changes.describe(type(item), public.data, workflow.renumbered_snapshot(draft))


class Notes(FormPart):
    """Notes on this version that were typed, kept when the form comes back."""

    def applies_to(self, item, user):
        return True

    def context(self, item, user):
        sent = self.request.POST
        notes = [
            {"code": code, "name": name, "text": sent.get(f"_change_note_{code}", "")}
            for code, name in settings.LANGUAGES
        ]
        return {"notes": {"reason": sent.get("_reason", ""), "change_notes": notes}}

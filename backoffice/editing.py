"""Forms that lose nothing: what is typed is kept while it is typed, and offered back.

Each form carries a token of its own (`_opening`). Its script sends what the form holds to
`keep_view`, which also tells who else has the item open. See `backoffice.recovery`.
"""

import re
import secrets

from django import forms
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.drafts import version_number
from backoffice.recovery import Recovery, kept_form, typed_labels
from localisation.languages import portal_languages
from publishing import workflow
from publishing.jobs import nightly
from publishing.models import OpenForm, Revision

#: Bytes of a form that are kept at most.
LIMIT = 1_000_000
TOKEN = re.compile(r"[\w-]{8,32}", re.ASCII)
MODULES = ("autosave", "presence")
#: What is sent with a form and isn't part of what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "_opening", "_user", "_work", "_away"}
NOT_TYPED |= {"_overrule", "_popup", "_to_field"}


class Editing(Recovery):
    """Mixin for the admin of a Publishable; the outermost one, as it removes what was saved."""

    class Media:
        js = [forms.Script(f"js/admin/{name}.js", type="module") for name in MODULES]

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_keep_new"
        keep = self.admin_site.admin_view(self.keep_view)
        return [
            path("add/keep/", keep, name=name),
            self.item_url("keep", self.keep_view),
            *super().get_urls(),
        ]

    # Keeping ---------------------------------------------------------------------------

    def keep_view(self, request, object_id=None):
        """Keep what was typed; answers what to tell about it, and about others, as JSON."""
        return require_POST(self._keep)(request, object_id)

    def _keep(self, request, object_id):
        if int(request.META.get("CONTENT_LENGTH") or 0) > LIMIT:
            text = _("Not autosaved: this is more than the portal can autosave. Save it soon.")
            return JsonResponse({"message": text}, status=413)
        if request.POST.get("_user") != str(request.user.pk):
            text = _(
                "Not autosaved: someone else is now signed in here. Sign in with your own "
                "account again."
            )
            return JsonResponse({"message": text}, status=409)
        item = self.item_to_write(request, object_id)
        OpenForm.objects.note(
            user=request.user,
            model=self.model,
            object_id=item and item.pk,
            token=token_of(request) or new_token(),
            **noted(request.POST),
        )
        return JsonResponse(self.answer(request, item))

    def item_to_write(self, request, object_id):
        """The item, None for a new one. Raises Http404, and PermissionDenied."""
        item = None if object_id is None else self.live_item(request, object_id)
        if not self.may_write(request, item):
            raise PermissionDenied
        return item

    def may_write(self, request, item):
        if item is None:
            return self.has_add_permission(request)
        return self.has_change_permission(request, item)

    def answer(self, request, item):
        now = date_format(timezone.localtime(), "TIME_FORMAT")
        is_kept = request.POST.get("_work") == "typed"
        presence = ""
        if item and "_away" not in request.POST:
            opened = OpenForm.objects.of(self.model, item.pk).beside(request.user)
            editing = self.presence(request, item, list(opened))
            context = {"editing": editing, "opts": self.opts, "original": item}
            presence = render_to_string("admin/includes/presence.html", context, request)
        message = _("Autosaved at %(time)s") % {"time": now} if is_kept else ""
        return {"message": message, "presence": presence}

    def presence(self, request, item, opened):
        """Who else has the item open, and the version that came after the form's own."""
        others = {form.user_id: form for form in reversed(opened) if form.is_present}
        others.pop(request.user.pk, None)
        seen, overrule = (
            version_number(request.POST.get(name)) for name in ("_seen", "_overrule")
        )
        version = newer(item, {seen, overrule}) if "_seen" in request.POST else None
        return {"others": list(others.values()), "newer": version, "seen": seen}

    # The form --------------------------------------------------------------------------

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        item = obj if obj and obj.pk else None
        if self.may_write(request, item):
            context["editing"] = self.editing_context(request, item, context)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def editing_context(self, request, item, context):
        going_on = kept_form(request)
        token = going_on.token if going_on else token_of(request) or new_token()
        opened = OpenForm.objects.of(self.model, item and item.pk)
        opened = opened if item else opened.filter(user=request.user)
        opened = list(opened.beside(request.user))
        return {
            "token": token,
            "keep_url": self.keep_url(item),
            "work": [form for form in opened if self.is_offered(request, form, token)],
            "going_on": going_on,
            "typed": typed_labels(context) if going_on else [],
            "files": request.POST.getlist("_files"),
            **(self.presence(request, item, opened) if item else {}),
        }

    def is_offered(self, request, form, token):
        is_own = form.user_id == request.user.pk and form.token != token
        return is_own and form.changed_at is not None

    def keep_url(self, item):
        name = admin_urlname(self.opts, "keep")
        return reverse(name, args=[item.pk]) if item else reverse(f"{name}_new")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        OpenForm.objects.filter(user=request.user, token=token_of(request)).delete()


def new_token():
    return secrets.token_urlsafe(16)


def token_of(request):
    """The token of the form that a request comes from, or None."""
    token = request.POST.get("_opening", "")
    return token if TOKEN.fullmatch(token) else None


def noted(data):
    """What a message from a form changes of its OpenForm: a dict of field and value.

    `_work` is "typed" where the form holds unsaved work, "none" where it holds none any more;
    without it, the form only says that it is there, or with `_away` that it was left.
    """
    now = timezone.now()
    noted = {"seen_at": None if "_away" in data else now}
    work = data.get("_work")
    if work == "typed":
        noted |= {"changed_at": now, "pairs": typed(data), "title": title(data)}
    elif work == "none":
        noted |= {"changed_at": None, "pairs": None, "title": ""}
    return noted


def typed(data):
    """The pairs that were typed. PostgreSQL's JSON can't hold NUL characters."""
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in NOT_TYPED
    }


def title(data):
    titles = (data.get(f"title_{code}", "") for code in portal_languages())
    return next(filter(None, titles), "").replace("\0", "")[:200].strip()


def newer(item, known):
    """The item's newest version, or None where its head is among those known to the form."""
    current = workflow.head(item)
    if current is None or current.number in known:
        return None
    versions = Revision.objects.of(item).select_related("author")
    return versions.defer("data", "new_ids").first()


@nightly
def forget_old():
    """Unsaved work is kept for a month."""
    OpenForm.objects.old().delete()

"""Autosave: what is typed is kept while it is typed.

Each form carries a token of its own (`_opening`). Its script sends what the form has to
`autosave_form`, whose answer also says who else has the item open; see `recovery` beside this
module.
"""

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.editing.open_forms import new_token, open_form_fields, token_of
from backoffice.editing.presence import presence
from backoffice.item_pages import may_write
from publishing.models import OpenForm

#: Bytes of a form that are kept at most.
LIMIT = 1_000_000


def may_autosave(request, admin, item=None):
    """Allow those who may write the item.

    Also anyone whose form was opened by somebody else: `autosave_form` refuses them and says
    why.
    """
    return not is_own_form(request) or may_write(request, admin, item)


@require_POST
def autosave_form(request, admin, item=None):
    """Keep what was typed; return as JSON what to say about it, and about others."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > LIMIT:
        text = _("Not autosaved: this is more than the portal can autosave. Save it soon.")
        return JsonResponse({"message": text}, status=413)
    if not is_own_form(request):
        text = _(
            "Not autosaved: someone else is now signed in here. Sign in with your own account "
            "again."
        )
        return JsonResponse({"message": text}, status=409)
    OpenForm.objects.save_state(
        user=request.user,
        model=admin.model,
        object_id=item and item.pk,
        token=token_of(request) or new_token(),
        **open_form_fields(request.POST),
    )
    message = autosaved_message() if request.POST.get("_work") == "typed" else ""
    return JsonResponse({"message": message, "presence": presence_html(request, admin, item)})


def is_own_form(request):
    return request.POST.get("_user") == str(request.user.pk)


def autosaved_message():
    now = date_format(timezone.localtime(), "TIME_FORMAT")
    return _("Autosaved at %(time)s") % {"time": now}


def presence_html(request, admin, item):
    """Return the note on who else has the item open; "" for a form that was left."""
    if item is None or "_away" in request.POST:
        return ""
    opened = OpenForm.objects.of(admin.model, item.pk).visible_to(request.user)
    editing = presence(request, item, list(opened))
    context = {"editing": editing, "opts": admin.opts, "original": item}
    return render_to_string("admin/includes/presence.html", context, request)

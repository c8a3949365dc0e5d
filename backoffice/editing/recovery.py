"""Recovery: forms open as they were left, with what was typed in them and never saved.

`?kept=<token>` opens the form on the version that it was opened on (`_seen`), so that saving
it merges with what others have saved since. What is kept is shown to its user only.
"""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.item_pages import type_page_url
from publishing.models import OpenForm


def recover_form(request, admin, object_id):
    """Make the request carry what was kept, as if the form had been sent and refused."""
    unsaved = find_unsaved_work(request, admin, request.GET["kept"])
    if unsaved is None or str(unsaved.object_id or "") != str(object_id or ""):
        admin.message_user(request, _("This unsaved work no longer exists."), messages.WARNING)
        return
    request.recovered_form = unsaved
    request.POST = query_dict(unsaved.form_data)


def find_unsaved_work(request, admin, token):
    """Return unsaved work of this user on this type, or None."""
    unsaved = OpenForm.objects.filter(user=request.user, token=token, changed_at__isnull=False)
    return unsaved.filter(
        content_type__app_label=admin.opts.app_label,
        content_type__model=admin.opts.model_name,
    ).first()


def recovered_form(request):
    """Return the unsaved work that a request goes on with, or None."""
    return getattr(request, "recovered_form", None)


def query_dict(pairs):
    """Return pairs as kept in the shape of `request.POST`."""
    data = QueryDict(mutable=True)
    for name, values in pairs.items():
        data.setlist(name, values)
    return data


@require_POST
def discard_unsaved_work(request, admin, token):
    """Delete unsaved work, and go back to the form. Only its user may do so."""
    unsaved = find_unsaved_work(request, admin, token)
    if unsaved is None:
        raise Http404
    unsaved.delete()
    at = date_format(timezone.localtime(unsaved.changed_at), "SHORT_DATETIME_FORMAT")
    message = _("Your unsaved work from %(at)s was discarded.") % {"at": at}
    admin.message_user(request, message, messages.SUCCESS)
    verb, parts = ("add", []) if unsaved.object_id is None else ("change", [unsaved.object_id])
    return HttpResponseRedirect(type_page_url(admin.model, verb, *parts))


def changed_labels(adminform, inlines):
    """Return the names of fields and kinds of rows that differ from the form's version."""
    form = adminform.form
    labels = [form.fields[name].label for name in form.changed_data]
    changed = [inline.opts for inline in inlines if inline.formset.has_changed()]
    labels += [capfirst(options.verbose_name_plural) for options in changed]
    return list(dict.fromkeys(labels))  # the languages of a text have one name

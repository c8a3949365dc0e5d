"""Forms that open as they were left: with what was typed in them and never saved.

`?kept=<token>` opens the form on the version that it was opened on (`_seen`), so that saving
it merges with what others have saved since.
"""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.forms.utils import ErrorDict
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from publishing.models import OpenForm


class Recovery:
    """Mixin for the admin of a Publishable. What is kept is shown to its user only."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_forget"
        view = self.admin_site.admin_view(self.forget_view)
        return [path("kept/<str:token>/forget/", view, name=name), *super().get_urls()]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "GET" and "kept" in request.GET:
            self.take_up(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def take_up(self, request, object_id):
        """Make the request carry what was kept, as if the form had been sent and refused."""
        kept = self.own_kept(request, request.GET["kept"])
        if kept is None or str(kept.object_id or "") != str(object_id or ""):
            self.message_user(
                request, _("This unsaved work no longer exists."), messages.WARNING
            )
            return
        request.kept_form = kept
        request.POST = query_dict(kept.pairs)

    def own_kept(self, request, token):
        """Unsaved work of this user on this type, or None."""
        kept = OpenForm.objects.filter(user=request.user, token=token, changed_at__isnull=False)
        return kept.filter(
            content_type__app_label=self.opts.app_label,
            content_type__model=self.opts.model_name,
        ).first()

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if not kept_form(request):
            return form
        return type(form)("KeptForm", (Unjudged, form), {"kept": request.POST})

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if kept_form(request):
                row = type(formset.form)("KeptRow", (Unjudged, formset.form), {})
                formset = type("KeptRows", (UnjudgedRows, formset), {"form": row})
            yield formset, inline

    def get_formset_kwargs(self, request, obj, inline, prefix):
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        return {**given, "data": request.POST} if kept_form(request) else given

    def forget_view(self, request, token):
        """Throw unsaved work away, and go back to the form. Only its user may do so."""
        return require_POST(self._forget)(request, token)

    def _forget(self, request, token):
        kept = self.own_kept(request, token)
        if kept is None:
            raise Http404
        kept.delete()
        at = date_format(timezone.localtime(kept.changed_at), "SHORT_DATETIME_FORMAT")
        message = _("Your unsaved work from %(at)s was discarded.") % {"at": at}
        self.message_user(request, message, messages.SUCCESS)
        verb, args = ("add", []) if kept.object_id is None else ("change", [kept.object_id])
        name = admin_urlname(self.opts, verb)
        return HttpResponseRedirect(reverse(name, args=args))


def kept_form(request):
    """The unsaved work that a request goes on with, or None."""
    return getattr(request, "kept_form", None)


def query_dict(pairs):
    """Pairs as kept in the shape of `request.POST`."""
    data = QueryDict(mutable=True)
    for name, values in pairs.items():
        data.setlist(name, values)
    return data


def typed_labels(context):
    """Names of the fields and kinds of rows that differ from the version of the form."""
    form = context["adminform"].form
    labels = [form.fields[name].label for name in form.changed_data]
    formsets = context["inline_admin_formsets"]
    changed = [inline.opts for inline in formsets if inline.formset.has_changed()]
    labels += [capfirst(options.verbose_name_plural) for options in changed]
    return list(dict.fromkeys(labels))  # the languages of a text have one name


class Unjudged:
    """Mixin for a form that shows what was kept of it, and finds no fault with it yet."""

    kept = None

    def __init__(self, *args, **kwargs):
        given = {} if self.kept is None else {"data": self.kept}
        super().__init__(*args, **{**kwargs, **given})

    def full_clean(self):
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}


class UnjudgedRows:
    """Mixin for a formset, likewise."""

    def full_clean(self):
        self._errors = []
        self._non_form_errors = self.error_class(error_class="nonform", renderer=self.renderer)

"""Pages of one object beside its form: its history, its schedule, what a button does."""

from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from publishing.workflow import Conflict


class ItemPages:
    """Mixin for model admins."""

    def item_url(self, verb, view, rest=""):
        name = f"{self.opts.app_label}_{self.opts.model_name}_{verb}"
        wrapped = self.admin_site.admin_view(view)
        return path(f"<path:object_id>/{verb}/{rest}", wrapped, name=name)

    def live_item(self, request, object_id):
        """The item's row. Raises Http404, and PermissionDenied for who may not see it."""
        try:
            item = self.get_queryset(request).filter(pk=object_id).first()
        except (ValueError, ValidationError):
            item = None
        if item is None:
            raise Http404
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return item

    def item_page(self, request, item, template, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "original": item,
            "opts": self.opts,
            "change_url": self.change_url(item),
            "history_url": self.history_url(item),
            **context,
        }
        return TemplateResponse(request, template, context)

    def history_url(self, item):
        name = admin_urlname(self.opts, "history")
        return reverse(name, args=[item.pk])

    def change_url(self, item):
        name = admin_urlname(self.opts, "change")
        return reverse(name, args=[item.pk])

    def carry_out(self, request, item, action, done):
        """Do what a button asks for, on POST only, and go back to the form."""
        return require_POST(self._carry_out)(request, item, action, done)

    def _carry_out(self, request, item, action, done):
        try:
            action()
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        except Conflict as conflict:
            self.message_user(request, str(conflict), messages.ERROR)
        else:
            self.log_change(request, item, done)
            self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self.change_url(item))

"""Preview of an edition: its mail in two widths, plain text, and a test mail."""

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from backoffice.item_pages import ItemPages
from localisation.languages import portal_languages
from newsletter.editions import MAX_BYTES, edition_mail, html_of, text_of

#: Content security policy of the mail: inline styles and the portal's images, no scripts, and
#: frames only on the portal's own pages.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}


class Previewing(ItemPages):
    """Mixin with the preview of an edition and the test mail."""

    def get_urls(self):
        return [
            self.item_url("mail", self.mail_view, "<slug:language>/"),
            self.item_url("test", self.test_view),
            self.item_url("look", self.look_view),
            *super().get_urls(),
        ]

    @method_decorator(csp_update({"frame-src": [SELF]}))
    def look_view(self, request, object_id):
        edition = self.live_item(request, object_id)
        language = self.language_asked_for(request.GET.get("language", ""))
        html = html_of(edition, language)
        return self.item_page(
            request,
            edition,
            "admin/edition_look.html",
            _("Preview"),
            language=language,
            codes=portal_languages(),
            text=text_of(edition, language),
            mail_url=reverse(admin_urlname(self.opts, "mail"), args=[edition.pk, language]),
            test_url=reverse(admin_urlname(self.opts, "test"), args=[edition.pk]),
            size=len(html.encode()),
            most=MAX_BYTES,
        )

    def language_asked_for(self, language):
        codes = portal_languages()
        return language if language in codes else codes[0]

    @method_decorator(csp(MAIL_POLICY))
    @method_decorator(xframe_options_sameorigin)
    def mail_view(self, request, object_id, language):
        """Return only the HTML of the mail, for the preview's frames."""
        edition = self.live_item(request, object_id)
        if language not in portal_languages():
            raise Http404
        return HttpResponse(html_of(edition, language), headers={"Cache-Control": "no-store"})

    @method_decorator(require_POST)
    def test_view(self, request, object_id):
        """Send the mail to the current user only."""
        edition = self.live_item(request, object_id)
        if not request.user.has_perm("newsletter.change_edition"):
            raise PermissionDenied
        language = self.language_asked_for(request.POST.get("language", ""))
        self.send_test(request, edition, language)
        look = reverse(admin_urlname(self.opts, "look"), args=[edition.pk])
        return HttpResponseRedirect(f"{look}?language={language}")

    def send_test(self, request, edition, language):
        address = request.user.email
        if not address:
            text = _("Your account has no e-mail address.")
            return self.message_user(request, text, messages.ERROR)
        mail = edition_mail(edition, language, to=address)
        mail.subject = _("Test: %(subject)s") % {"subject": mail.subject}
        try:
            mail.send()
        except OSError as error:  # includes smtplib's exceptions
            text = _("The mail server did not accept the e-mail: %(error)s") % {"error": error}
            return self.message_user(request, text, messages.ERROR)
        text = _("Sent to %(address)s.") % {"address": address}
        return self.message_user(request, text, messages.SUCCESS)

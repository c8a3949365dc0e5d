"""Preview of an edition: its mail in two widths, plain text, and a test mail."""

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from backoffice.item_pages import item_page, page_url
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


@csp_update({"frame-src": [SELF]})
def preview(request, admin, edition):
    """Show the mail on a wide and a narrow screen, and its plain text."""
    language = requested_language(request.GET.get("language", ""))
    html = html_of(edition, language)
    return item_page(
        request,
        admin,
        edition,
        "admin/edition_preview.html",
        _("Preview"),
        language=language,
        languages=portal_languages(),
        text=text_of(edition, language),
        mail_url=page_url(edition, "mail", language),
        test_url=page_url(edition, "test"),
        size=len(html.encode()),
        max_bytes=MAX_BYTES,
    )


def requested_language(language):
    languages = portal_languages()
    return language if language in languages else languages[0]


@csp(MAIL_POLICY)
@xframe_options_sameorigin
def mail(request, admin, edition, language):
    """Return only the HTML of the mail, for the preview's frames."""
    if language not in portal_languages():
        raise Http404
    return HttpResponse(html_of(edition, language), headers={"Cache-Control": "no-store"})


def may_test(request, admin, edition):
    return request.user.has_perm("newsletter.change_edition")


@require_POST
def send_test(request, admin, edition):
    """Send the mail to the current user only."""
    language = requested_language(request.POST.get("language", ""))
    deliver_test(request, admin, edition, language)
    return HttpResponseRedirect(f"{page_url(edition, 'look')}?language={language}")


def deliver_test(request, admin, edition, language):
    address = request.user.email
    if not address:
        text = _("Your account has no e-mail address.")
        return admin.message_user(request, text, messages.ERROR)
    message = edition_mail(edition, language, to=address)
    message.subject = _("Test: %(subject)s") % {"subject": message.subject}
    try:
        message.send()
    except OSError as error:  # includes smtplib's exceptions
        text = _("The mail server did not accept the e-mail: %(error)s") % {"error": error}
        return admin.message_user(request, text, messages.ERROR)
    text = _("Sent to %(address)s.") % {"address": address}
    return admin.message_user(request, text, messages.SUCCESS)

"""An edition as its readers will see it: the mail on a wide and a narrow screen, the plain
text, and a test in one's own mailbox."""

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from newsletter.editions.rendering import MAX_BYTES, edition_mail, html_of, text_of
from publishing.admin.item_pages import item_page, page_url
from publishing.languages import portal_languages

#: A mail carries its styles in its elements; nothing else of it may do anything, and only the
#: page beside the form shows it.
MAIL_POLICY = {
    "default-src": [NONE],
    "style-src": ["'unsafe-inline'"],
    "img-src": [SELF],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-popups"],
}


@csp_update({"frame-src": [SELF]})
def look(request, admin, edition):
    """Show the mail on a wide and a narrow screen, and its plain text."""
    language = language_asked_for(request.GET.get("language", ""))
    html = html_of(edition, language)
    return item_page(
        request,
        admin,
        edition,
        "admin/edition_look.html",
        _("Look at it"),
        language=language,
        codes=portal_languages(),
        text=text_of(edition, language),
        mail_url=page_url(edition, "mail", language),
        test_url=page_url(edition, "test"),
        size=len(html.encode()),
        most=MAX_BYTES,
    )


def language_asked_for(language):
    codes = portal_languages()
    return language if language in codes else codes[0]


@csp(MAIL_POLICY)
@xframe_options_sameorigin
def mail(request, admin, edition, language):
    """Show the HTML of the mail alone, for the frames."""
    if language not in portal_languages():
        raise Http404
    return HttpResponse(html_of(edition, language), headers={"Cache-Control": "no-store"})


def may_test(request, admin, edition):
    return request.user.has_perm("newsletter.change_edition")


@require_POST
def send_test(request, admin, edition):
    """Send the mail to the member of staff who asks for it, and to nobody else."""
    language = language_asked_for(request.POST.get("language", ""))
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
    except OSError as error:  # smtplib's exceptions too
        text = _("The mail server did not take it: %(error)s") % {"error": error}
        return admin.message_user(request, text, messages.ERROR)
    text = _("Sent to %(address)s.") % {"address": address}
    return admin.message_user(request, text, messages.SUCCESS)

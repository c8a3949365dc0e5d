"""Messages to staff after a step of a review."""

from django.contrib import messages
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backoffice.item_pages import report
from backoffice.templatetags.staff import staff_name


def report_review_requested(request, admin, item, review):
    """Say who is asked for a review, and log it."""
    values = {"who": staff_name(review.reviewer), "due": date_format(review.due_on)}
    success_message = _("Draft saved. %(who)s has been asked to review it by %(due)s.") % values
    report(request, admin, item, success_message)
    warn_of_failed_mails(request, admin, review)


def warn_of_failed_mails(request, admin, review):
    """Say that a mail was not sent, as soon as that is known."""

    def warn():
        for user in filter(None, review.unreached):
            message = _("No e-mail could be sent to %(who)s. Please inform them yourself.")
            values = {"who": staff_name(user)}
            admin.message_user(request, message % values, messages.WARNING)

    transaction.on_commit(warn)

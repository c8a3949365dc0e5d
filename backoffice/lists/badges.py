"""Badges of lists and forms, each a word beside its colour."""

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _


def badge(text, kind):
    """Return a word with the colour of its kind: "draft", "published", "open" …"""
    return format_html('<span class="badge badge--{}">{}</span>', kind, text)


def language_badges(present):
    """Return the portal's languages, those missing struck out."""
    return format_html_join(
        " ",
        '<span class="language_mark{}"><span class="visually-hidden">{}</span>'
        '<span aria-hidden="true">{}</span></span>',
        [
            ("", name, code.upper())
            if code in present
            else (" language_mark--missing", _("not in %s") % name, code.upper())
            for code, name in settings.LANGUAGES
        ],
    )

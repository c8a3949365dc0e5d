"""Template filter for names of staff."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def staff_name(user):
    """Return the full name, else the username, or "Somebody" for a deleted account."""
    return (user.get_full_name() or user.get_username()) if user else _("Someone")

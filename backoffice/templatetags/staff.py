"""How staff are named to each other."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def staff_name(user):
    """A full name, or else the user name, or "Somebody" where the account is gone."""
    return (user.get_full_name() or user.get_username()) if user else _("Somebody")

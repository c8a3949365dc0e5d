"""The menus that staff fill with pages."""

from django import template

from pages.models import Page

register = template.Library()


@register.simple_tag
def menu(name):
    """The published pages of a menu ("header" or "footer"), in the order staff chose."""
    return Page.objects.in_menu(name)

"""Template tag for the menus of pages."""

from django import template

from pages.models import Page

register = template.Library()


@register.simple_tag
def menu(name):
    """Return the published pages of a menu ("header" or "footer") in their order."""
    return Page.objects.in_menu(name)

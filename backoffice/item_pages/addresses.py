"""Addresses of the admin's pages."""

from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.urls import reverse


def page_url(item, verb, *parts):
    """Return the address of a page of an item, such as its schedule."""
    return reverse(admin_urlname(item._meta, verb), args=[item.pk, *parts])


def change_url(item):
    """Return the address of an item's form."""
    return page_url(item, "change")


def type_page_url(model, name, *parts):
    """Return the address of a page of a type, such as its deleted items."""
    return reverse(admin_urlname(model._meta, name), args=parts)

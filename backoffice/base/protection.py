"""Objects that protect others from deletion, found without loading all of them."""

from django.contrib import admin
from django.db.models import CASCADE, PROTECT
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from backoffice.item_pages import change_url
from localisation import formats

#: Referring objects that are named, of each kind.
LIMIT = 20


def protecting_links(model, items, request):
    """Return links to the objects that protect these items: a list of HTML, cut at LIMIT.

    Of types that the member of staff may not view, only the kind is named.
    """
    # Those without a name of their own (related_name="+") are hidden.
    reverse_fields = model._meta.get_fields(include_hidden=True)
    relations = [field for field in reverse_fields if is_protecting(field)]
    return [line for relation in relations for line in link_lines(relation, items, request)]


def is_protecting(field):
    return field.auto_created and field.one_to_many and field.on_delete is PROTECT


def link_lines(relation, items, request):
    """Return a line for each object of one kind that refers to one of these items."""
    owner = owner_field(relation.related_model)
    found = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": items})
    first = list(found.select_related(*filter(None, [owner]))[: LIMIT + 1])
    lines = [
        object_link(getattr(item, owner) if owner else item, request) for item in first[:LIMIT]
    ]
    kind = capfirst(relation.related_model._meta.verbose_name_plural)
    return [*lines, formats.named(kind, _("and others"))] if len(first) > LIMIT else lines


def owner_field(model):
    """Return the name of the field from a row to the item whose form has it, or None."""
    keys = [field for field in model._meta.fields if field.many_to_one]
    owners = [key.name for key in keys if key.remote_field.on_delete is CASCADE]
    return owners[0] if owners else None


def object_link(item, request):
    options = item._meta
    if not admin.site._registry[type(item)].has_view_permission(request):
        return capfirst(options.verbose_name)
    kind = capfirst(options.verbose_name)
    return format_html('{}: <a href="{}">{}</a>', kind, change_url(item), item)

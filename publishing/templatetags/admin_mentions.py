"""Tags that tell what links to an item."""

from django import template
from django.db.models import QuerySet

from publishing.admin.references import Mentions

register = template.Library()


@register.inclusion_tag("admin/includes/mentions.html", takes_context=True)
def mentions_of(context, items):
    """A warning that names what links to an item, or to the items of a queryset."""
    several = items if isinstance(items, QuerySet) else [items]
    model = items.model if isinstance(items, QuerySet) else type(items)
    keys = [item.pk for item in several]
    return {"mentions": Mentions(context["request"], model, keys), "is_warning": True}

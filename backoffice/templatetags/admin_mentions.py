"""Template tags for references to an item."""

from django import template
from django.db.models import QuerySet

from backoffice.references import Mentions

register = template.Library()


@register.inclusion_tag("admin/includes/mentions.html", takes_context=True)
def mentions_of(context, items):
    """Render a warning with the references to an item, or to the items of a queryset."""
    several = items if isinstance(items, QuerySet) else [items]
    model = items.model if isinstance(items, QuerySet) else type(items)
    keys = [item.pk for item in several]
    return {"mentions": Mentions(context["request"], model, keys), "is_warning": True}

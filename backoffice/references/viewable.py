"""Types and items that a member of staff may view."""

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.utils.text import capfirst

from publishing.references import mentions


def may_view(request, model):
    """Return whether this member of staff may view the items of a model in the admin."""
    registered = admin.site._registry.get(model)
    return registered is not None and registered.has_view_permission(request)


def viewable_types(request):
    """Return the keys of the content types with links that this member of staff may view."""
    models = [model for model in mentions.models_with_texts() if may_view(request, model)]
    return [found.pk for found in ContentType.objects.get_for_models(*models).values()]


def kind_of(item):
    return capfirst(item._meta.verbose_name)

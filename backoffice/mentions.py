"""What links here: shown beside the form, and before something is unpublished or deleted."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import admin
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.references import mentions

#: Items that are named before something is deleted, and on one page of the list.
LIMIT = 20
PER_PAGE = 100


@dataclass(frozen=True)
class Mention:
    item: object
    kind: str
    url: str
    in_public: bool


class Mentions:
    """What links to items of one model, as a member of staff may see it.

    `count` is of all; `shown` names those of types that the member of staff may view, at most
    `limit`; `others` are left.
    """

    def __init__(self, request, model, keys, limit=LIMIT):
        self.sources = mentions.mentioning(model, keys)
        self.types = viewable_types(request)
        self.limit = limit

    @cached_property
    def count(self):
        return self.sources.count()

    @property
    def viewable(self):
        return self.sources.filter(source_type__in=self.types)

    @cached_property
    def shown(self):
        return named(self.viewable[: self.limit])

    @property
    def others(self):
        return self.count - len(self.shown)


class MentionsPage(Mentions):
    """The same, of one page of the list of them all; `page` is of a Paginator."""

    @cached_property
    def shown(self):
        return named(self.page.object_list)

    @property
    def others(self):
        """Those of types that the member of staff may not view."""
        return self.count - self.page.paginator.count


class LinkedFrom:
    """Mixin for the admin of a Publishable."""

    def get_urls(self):
        return [self.item_url("linked_from", self.linked_from_view), *super().get_urls()]

    def linked_from_view(self, request, object_id):
        """All that links to an item."""
        item = self.live_item(request, object_id)
        found = MentionsPage(request, self.model, [item.pk])
        found.page = Paginator(found.viewable, PER_PAGE).get_page(request.GET.get("page"))
        return self.item_page(
            request,
            item,
            "admin/linked_from.html",
            _("Links to this item"),
            mentions=found,
            page_obj=found.page,
        )


def may_view(request, model):
    """Whether this member of staff may look at the items of a model in the admin."""
    registered = admin.site._registry.get(model)
    return registered is not None and registered.has_view_permission(request)


def viewable_types(request):
    """Keys of the content types with links whose items this member of staff may look at."""
    models = [model for model in mentions.models_with_texts() if may_view(request, model)]
    return [found.pk for found in ContentType.objects.get_for_models(*models).values()]


def named(sources):
    """The Mentions of dicts as `mentions.mentioning` has them; one query a type."""
    wanted = {}
    for source in sources:
        wanted.setdefault(source["source_type"], {})[source["source_id"]] = source["in_public"]
    return [
        Mention(item, kind_of(item), form_url(item), bool(keys[item.pk]))
        for type_id, keys in wanted.items()
        for item in items_of(type_id, keys)
    ]


def items_of(type_id, keys):
    model = ContentType.objects.get_for_id(type_id).model_class()
    return model._base_manager.filter(pk__in=keys).order_by("pk") if model else []


def kind_of(item):
    return capfirst(item._meta.verbose_name)


def form_url(item):
    options = item._meta
    return reverse(admin_urlname(options, "change"), args=[item.pk])

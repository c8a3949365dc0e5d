"""Items that link to others, as a member of staff may see them."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from backoffice.item_pages import change_url
from backoffice.references.viewable import kind_of, viewable_types
from publishing.references import mentions

#: Items that are named before something is deleted.
LIMIT = 20


@dataclass(frozen=True)
class Mention:
    """Item that links to another."""

    item: object
    kind: str
    url: str
    in_public: bool


class Mentions:
    """Items that link to items of one model.

    `count` is of all; `shown` has those of types that the member of staff may view, at most
    `limit`; `others` counts the rest.
    """

    def __init__(self, request, model, keys, limit=LIMIT):
        self.sources = mentions.find_mentions(model, keys)
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
        return load_mentions(self.viewable[: self.limit])

    @property
    def others(self):
        return self.count - len(self.shown)


class MentionsPage(Mentions):
    """One page of the list of them all; `page` is of a Paginator."""

    @cached_property
    def shown(self):
        return load_mentions(self.page.object_list)

    @property
    def others(self):
        """The number of those of types that the member of staff may not view."""
        return self.count - self.page.paginator.count


def load_mentions(sources):
    """Return the Mentions of dicts as `mentions.find_mentions` has them; one query a type."""
    wanted = {}
    for source in sources:
        wanted.setdefault(source["source_type"], {})[source["source_id"]] = source["in_public"]
    return [
        Mention(item, kind_of(item), change_url(item), bool(keys[item.pk]))
        for type_id, keys in wanted.items()
        for item in items_of(type_id, keys)
    ]


def items_of(type_id, keys):
    model = ContentType.objects.get_for_id(type_id).model_class()
    return model._base_manager.filter(pk__in=keys).order_by("pk") if model else []

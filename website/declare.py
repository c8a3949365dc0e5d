"""Declaring a type of content, with defaults for all that its app does not write itself."""

from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lists.filters import PublishableFilterSet, SortFilter
from publishing.models import Publishable
from publishing.registry import Declaration, register
from syndication import structured_data
from website.views import PublishedDetailView, PublishedListView

CARD = "components/item_card.html"


def declare(model, **options):
    """Declare a type of content; the options are the fields of publishing.registry.Declaration.

    Only `section` and `title` have no default. `fields` names the type's own fields, which the
    default page shows as facts and the default API serializes.
    """
    fields = options.pop("fields", ())
    section, title = options["section"], options["title"]
    is_publishable = issubclass(model, Publishable)
    if "list_view" not in options:
        options["list_view"] = default_list_view(model, section, title)
    has_list = options["list_view"] is not None
    if "detail_view" not in options:
        options["detail_view"] = default_detail_view(options["list_view"], fields)
    if "viewset" not in options:
        options["viewset"] = default_viewset(options["list_view"], fields)
    calendar = options.get("calendar")
    defaults = {
        "order": 500,
        "list_name": "list",
        "detail_name": "detail",
        "name_field": "title",
        "changed_field": "last_published_at",
        "card": CARD,
        "in_navigation": has_list,
        "has_feed": is_publishable,
        "calendar": None,
        "item_calendar": calendar,
        "initiative": "initiatives" if _has_field(model, "initiatives") else "",
        "home": (),
        "topic_items": _by_title if is_publishable else None,
        "topic_limit": 6,
        "topic_template": "",
        "newsletter_order": 500 if is_publishable and has_list else None,
        "newsletter_date": _no_date,
        "has_alerts": is_publishable and has_list,
        "has_subscriptions": is_publishable and has_list,
        "is_watchable": False,
        "role": "content" if is_publishable else "reference",
    }
    register(Declaration(model=model, **{**defaults, **options}))


def _by_title(items):
    return items.by_title()


def _no_date(item):
    return None


def _has_field(model, name):
    return any(field.name == name for field in model._meta.get_fields())


def default_list_view(model, section, title):
    """Return a list view with words, topics and dates as filters, and cards."""
    meta = type("Meta", (), {"model": model, "fields": []})
    sorts = {
        "newest": (_("Newest first"), ("-first_published_at", "-pk")),
        "title": (_("Title"), "by_title"),
    }
    filterset = type(
        f"{model.__name__}Filter",
        (PublishableFilterSet,),
        {"Meta": meta, "sort": SortFilter(sorts), "__module__": model.__module__},
    )
    members = {
        "model": model,
        "section": section,
        "section_title": title,
        "list_url": f"{model._meta.app_label}:list",
        "filterset_class": filterset,
        "subscription_kinds": ("feed", "mail"),
        "template_name": "publishing/default_list.html",
    }
    return type(f"{model.__name__}ListView", (PublishedListView,), members)


def default_detail_view(list_view, fields):
    """Return a detail view that shows the type's own fields as facts."""
    members = {
        name: getattr(list_view, name)
        for name in ("model", "section", "section_title", "list_url")
    }
    members |= {"template_name": "publishing/default_detail.html", "fact_fields": tuple(fields)}
    return type(f"{list_view.model.__name__}DetailView", (DefaultDetailView,), members)


class DefaultDetailView(PublishedDetailView):
    """Page of an item with its own fields as facts, for types without a page of their own."""

    fact_fields = ()
    describe = staticmethod(partial(structured_data.creative_work, "CreativeWork"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(facts=list(self.facts()), **kwargs)

    def facts(self):
        """Yield (label, text) of the fields that have a value."""
        for name in self.fact_fields:
            field = self.model._meta.get_field(name)
            display = getattr(self.object, f"get_{name}_display", None)
            value = display() if display else getattr(self.object, name)
            if value not in (None, ""):
                yield capfirst(str(field.verbose_name)), value


def default_viewset(list_view, fields):
    """Return a viewset whose items have the common fields and the type's own."""
    # Django REST framework reads its settings, and so this project's modules, when imported.
    from website.api import PublishableSummarySerializer, VersionedSerializer
    from website.api.views import PublishableViewSet

    model, common = list_view.model, PublishableSummarySerializer.Meta
    names = (*common.fields, *fields)
    summary = type(
        f"{model.__name__}SummarySerializer",
        (PublishableSummarySerializer,),
        {
            "__doc__": f"{model.__name__}, as shown in lists.",
            "Meta": type("Meta", (common,), {"model": model, "fields": names}),
        },
    )
    names = (*names, "versions", "body")
    detail = type(
        f"{model.__name__}Serializer",
        (VersionedSerializer, summary),
        {
            "__doc__": f"{model.__name__}, with its text.",
            "Meta": type("Meta", (common,), {"model": model, "fields": names}),
        },
    )
    members = {
        "queryset": model.objects.all(),
        "summary_serializer": summary,
        "detail_serializer": detail,
        "filterset_class": list_view.filterset_class,
        "__doc__": f"{capfirst(str(model._meta.verbose_name_plural))}.",
    }
    return type(f"{model.__name__}ViewSet", (PublishableViewSet,), members)

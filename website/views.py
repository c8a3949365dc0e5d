"""Base views of the public pages: filtered lists and detail pages."""

from django.http import (
    Http404,
    HttpResponseRedirect,
)
from django.shortcuts import get_object_or_404
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from django.views.generic import DetailView, ListView

from lists.query_string import ActiveFilters, ListTools, canonical_path, clean_query, sort_links
from localisation.languages import language_shown, portal_languages
from publishing.models import Revision
from publishing.page_tags import ITEMS
from publishing.redirects import redirect_to_new_address
from publishing.revisions import snapshots
from syndication.sharing import SharedPage
from syndication.subscribe_links import filter_query, offers

#: Number of published versions searched for change notes.
MAX_VERSIONS = 50


def language_links(path, translated=None):
    """Return the URLs of a page in each language, for the language switch and hreflang.

    `translated` lists the codes of available translations; None means all.
    """
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": translate_url(path, code),
            "is_current": code == get_language(),
            "is_translated": translated is None or code in translated,
        }
        for code in portal_languages()
    ]


class SectionMixin:
    """Mixin for pages of a section of the navigation.

    `section` is the section's name in the navigation, `list_url` the URL name of its list and
    `section_title` the list's title.
    """

    #: Tags of the page for the page cache, besides those of the items that it reads.
    cache_tags = (ITEMS,)
    section = ""
    section_title = ""
    list_url = ""

    def get_context_data(self, **kwargs):
        context = {"section": self.section, "section_title": self.section_title}
        return super().get_context_data(**{**context, **kwargs})


class FilteredListView(SectionMixin, ListView):
    """List with filters, sort order and pagination from the query string.

    A subclass sets `filterset_class`. Its template extends publishing/list.html and renders one
    item in the block `card`, and all items in the block `table` if it has that view.
    """

    filterset_class = None
    intro = ""
    #: Available feeds, calendars and alerts; see syndication.subscribe_links.
    subscription_kinds = ("feed",)
    paginate_by = 20
    #: Values of `?view=`, default first.
    views = ("cards",)
    #: Relations to prefetch for the table view only.
    table_relations = ()
    #: Download formats: {name: URL name}; see lists.downloads.
    downloads = {}

    def get(self, request, *args, **kwargs):
        query = clean_query(request.GET, self.filterset_class, self.views)
        if query is not None:
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        response = super().get(request, *args, **kwargs)
        response.status_code = 400 if self.filterset.errors else 200
        return response

    def get_queryset(self):
        is_table = self.request.GET.get("view") == "table"
        relations = self.table_relations if is_table else ()
        visible = super().get_queryset().for_list().prefetch_related(*relations)
        self.filterset = self.filterset_class(self.request.GET, queryset=visible)
        return self.filterset.results()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        active_filters = list(ActiveFilters(self.filterset, self.request.GET))
        return context | {
            "tools": ListTools(self),
            "title": self.section_title,
            "intro": self.intro,
            "form": self.filterset.counted_form(),
            "active_filters": active_filters,
            "orders": sort_links(self.filterset, self.request.GET),
            "page_range": page.paginator.get_elided_page_range(page.number),
            "canonical_path": canonical_path(self.request),
            "follow": self.follow(),
            # Keep the many similar filtered lists out of search engines.
            "is_indexed": len(active_filters) < 2 and "q" not in self.request.GET,
            "breadcrumbs": [{"title": self.section_title}],
        }

    def follow(self):
        query = filter_query(self.request.GET, self.filterset_class)
        followed = {"list": self.section, "query": query}
        return offers(self.request.path, self.subscription_kinds, query, followed)


class PublishedListView(FilteredListView):
    """List of a Publishable type."""

    def get_queryset(self):
        self.queryset = self.model.objects.published()
        return super().get_queryset()


class ItemDetailView(SharedPage, SectionMixin, DetailView):
    """Page of one object; `name_field` is the translated field with its name."""

    name_field = "title"
    #: Available feeds, calendars and alerts; see syndication.subscribe_links.
    subscription_kinds = ()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        shown = language_shown(self.object, self.name_field)
        here = {"title": getattr(self.object, self.name_field), "lang": shown}
        return context | {
            "title": getattr(self.object, self.name_field),
            "breadcrumbs": [*self.section_crumbs(), here],
            "languages": language_links(self.request.path, self.translated_into()),
            "shown_language": shown if shown != get_language() else None,
            "last_updated": self.last_updated(),
            "follow": self.follow(),
        }

    def follow(self):
        item = self.object
        followed = {"watch": f"{item._meta.label_lower}/{item.slug}"}
        return offers(item.get_absolute_url(), self.subscription_kinds, followed=followed)

    def section_crumbs(self):
        if not self.list_url:
            return []
        return [{"title": self.section_title, "url": reverse(self.list_url)}]

    def translated_into(self):
        return [
            code
            for code in portal_languages()
            if getattr(self.object, f"{self.name_field}_{code}", None)
        ]

    def last_updated(self):
        return self.object.updated_at


class PublishedDetailView(ItemDetailView):
    """Page of one published item."""

    cache_tags = ()
    template_name_suffix = "_detail"
    #: Number of the revision to show; None for the current one.
    version = None
    #: In-memory item to preview.
    preview = None

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            return redirect_to_new_address(request, self.model, kwargs["slug"])

    def get_queryset(self):
        return self.model.objects.published().for_detail()

    def get_object(self, queryset=None):
        self.revision = None
        if self.preview:
            return self.preview
        item = super().get_object(queryset)
        if self.version is None:
            return item
        citable = Revision.objects.citable(item).defer(None)
        self.revision = get_object_or_404(citable, number=self.version)
        return snapshots.load(item, self.revision.data)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            shown_revision=self.revision,
            change_notes=self.change_notes(),
            **kwargs,
        )

    def change_notes(self):
        """Return the published revisions with a change note, newest first."""
        citable = Revision.objects.citable(self.object)[:MAX_VERSIONS]
        return [revision for revision in citable if revision.change_note]

    def follow(self):
        return None if self.preview or self.revision else super().follow()

    def last_updated(self):
        return self.revision.created_at if self.revision else self.object.last_published_at

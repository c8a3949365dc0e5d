"""Query strings of a list page: active filters, sort orders, views and clean URLs."""

from functools import cached_property

from django.utils.formats import date_format

#: Query parameter for ticked items, by slug.
ITEM = "item"
#: Maximum number of ticked items, limited by common URL length limits.
MAX_TICKED = 50


def clean_query(params, filterset_class, views=()):
    """Return the normalised query string, or None if it is already normalised.

    Drops empty values, the default order, page 1 and unknown or default views, so that each
    page has one URL.
    """
    cleaned = params.copy()
    for name, values in params.lists():
        cleaned.setlist(name, list(dict.fromkeys(filter(None, values))))
    sort = filterset_class.base_filters.get("sort")
    if sort and cleaned.getlist("sort") == [sort.default_for(cleaned.get("q"))]:
        del cleaned["sort"]
    if cleaned.getlist("page") == ["1"]:
        del cleaned["page"]
    if "view" in cleaned and cleaned["view"] not in views[1:]:
        del cleaned["view"]
    for name in [name for name, values in cleaned.lists() if not values]:
        del cleaned[name]
    return None if cleaned == params else cleaned.urlencode()


def canonical_path(request):
    """Return the URL of a list without parameters that only affect presentation."""
    params = request.GET.copy()
    for name in ("sort", "view"):
        params.pop(name, None)
    query = params.urlencode()
    return f"{request.path}?{query}" if query else request.path


def _without(params, name, value):
    changed = params.copy()
    changed.setlist(name, [other for other in params.getlist(name) if other != value])
    changed.pop("page", None)
    return _address(changed)


def _address(params):
    """Return a relative URL; "." is the list without parameters."""
    query = params.urlencode()
    return f"?{query}" if query else "."


class ActiveFilters:
    """Iterable of active filters as dicts of label, value and url (to remove the filter)."""

    def __init__(self, filterset, params):
        self.filterset = filterset
        self.params = params

    def __iter__(self):
        for name, filter_ in self.filterset.filters.items():
            for value in self.params.getlist(name):
                if name != "sort" and name not in self.filterset.errors:
                    yield {
                        "label": filter_.label,
                        "value": self.shown(name, value),
                        "url": _without(self.params, name, value),
                    }

    def shown(self, name, value):
        """Return a filter value as shown to readers."""
        cleaned = self.filterset.form.cleaned_data[name]
        if hasattr(cleaned, "model"):
            return next((str(item) for item in cleaned if item.slug == value), value)
        if hasattr(cleaned, "strftime"):
            return date_format(cleaned)
        choices = getattr(self.filterset.form.fields[name], "choices", [])
        return next((label for code, label in choices if str(code) == value), value)


def sort_links(filterset, params):
    """Return the sort orders of a list as dicts of name, label, url and is_current."""
    sort = filterset.filters["sort"]
    text = params.get("q")
    current = sort.name_of(filterset.form.cleaned_data.get("sort"), text)
    return [
        _sort_link(code, label, current, sort.default_for(text), params)
        for code, label in sort.choices
        if code != sort.RELEVANCE or sort.default_for(text) == code
    ]


def _sort_link(code, label, current, default, params):
    changed = params.copy()
    changed.pop("page", None)
    changed.pop("sort", None)
    if code != default:
        changed["sort"] = code
    return {
        "name": code,
        "label": label,
        "url": _address(changed),
        "is_current": code == current,
    }


class ListTools:
    """Views and downloads available for the list of a FilteredListView."""

    max_ticked = MAX_TICKED

    def __init__(self, view):
        self.filterset = view.filterset
        self.params = view.request.GET
        self.path = view.request.path
        self.views = view.views
        self.downloads = view.downloads

    @property
    def view(self):
        """Name of the current view."""
        return self.params.get("view", self.views[0])

    def view_links(self):
        """Return the views as dicts of name, url and is_current."""
        return [
            {
                "name": name,
                "url": _address(self.params_for_view(name)),
                "is_current": name == self.view,
            }
            for name in self.views
        ]

    def params_for_view(self, name):
        changed = self.params.copy()
        changed.pop("view", None)
        if name != self.views[0]:
            changed["view"] = name
        return changed

    @property
    def clear_url(self):
        """URL of the unfiltered list in the current view."""
        return f"{self.path}?view={self.view}" if "view" in self.params else self.path

    @cached_property
    def sorts(self):
        """Results of `sort_links` by name, for table headers."""
        return {order["name"]: order for order in sort_links(self.filterset, self.params)}

    def kept(self):
        """Return (name, value) pairs of the active filters and sort order."""
        known = self.filterset.parameters()
        return [
            (name, value)
            for name, values in self.params.lists()
            for value in values
            if name in known
        ]

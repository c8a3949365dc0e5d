"""Search page and search suggestions."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView

from initiatives.models import Initiative
from lists.facets import MAX_CHOICES, CountedCheckboxes, FacetChoice
from publishing.models import Topic
from publishing.page_tags import ITEMS
from search import facets
from search.queries import counts, search
from search.results import results
from search.source import searched_models

PER_PAGE = 20
MAX_SUGGESTIONS = 7
YEARS = range(1950, 2200)


def models_by_kind():
    """Return the searchable models by their name in query strings."""
    return {model._meta.model_name: model for model in searched_models()}


def kind_choices():
    return [
        (kind, capfirst(model._meta.verbose_name_plural))
        for kind, model in models_by_kind().items()
    ]


class SearchForm(forms.Form):
    """Query and filters of a search; `codes()` returns the filters as codes of the index."""

    q = forms.CharField(label=_("Search words"), required=False)
    kind = forms.MultipleChoiceField(label=_("Type"), choices=kind_choices, required=False)
    topic = forms.ModelMultipleChoiceField(
        Topic.objects.all(), label=_("Topic"), to_field_name="slug", required=False
    )
    initiative = forms.ModelMultipleChoiceField(
        Initiative.objects.published(),
        label=_("Initiative"),
        to_field_name="slug",
        required=False,
    )
    year = forms.MultipleChoiceField(
        label=_("Year"), choices=[(str(y), str(y)) for y in YEARS], required=False
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        choices=[("relevance", _("Relevance")), ("date", _("Date"))],
        required=False,
    )
    exact = forms.BooleanField(label=_("Search for exactly these words"), required=False)

    FACETS = {
        "kind": facets.KIND,
        "topic": facets.TOPIC,
        "year": facets.YEAR,
        "initiative": facets.INITIATIVE,
    }

    def chosen_codes(self, name):
        """Return the valid values chosen for a facet, as codes of the index."""
        values = self.cleaned_data.get(name) or []
        if name == "kind":
            return [facets.kind_code(models_by_kind()[value]) for value in values]
        return [f"{self.FACETS[name]}{getattr(value, 'pk', value)}" for value in values]

    def codes(self, without=None):
        """Return a list of codes for each facet with chosen values, except for `without`."""
        return [
            codes
            for name in self.FACETS
            if name != without and (codes := self.chosen_codes(name))
        ]


class Facets:
    """Facets of a search with their counts, rendered as fields of its form."""

    def __init__(self, form, matches, language):
        self.form, self.matches, self.language = form, matches, language

    def fill(self):
        """Give facet fields checkboxes with counts, and hide the other fields."""
        for name, prefix in SearchForm.FACETS.items():
            self.form.fields[name].widget = CountedCheckboxes(self.choices(name, prefix))
        for name in ("q", "sort", "exact"):
            self.form.fields[name].widget = forms.HiddenInput()

    def choices(self, name, prefix):
        chosen = [code.removeprefix(prefix) for code in self.form.chosen_codes(name)]
        if chosen:
            filters = self.form.codes(without=name)
            counts_by_key = counts(self.matches, self.language, filters, prefix)
        else:
            counts_by_key = self.matches.counts(prefix)
        keys = list(dict.fromkeys([*list(counts_by_key)[:MAX_CHOICES], *chosen]))
        labels = getattr(self, f"label_{name}")(keys)
        facet_choices = [
            FacetChoice(value, label, counts_by_key.get(key, 0))
            for key in keys
            if key in labels
            for value, label in [labels[key]]
        ]
        return (
            sorted(facet_choices, key=lambda choice: choice.value, reverse=True)
            if name == "year"
            else facet_choices
        )

    def label_kind(self, keys):
        codes = {
            facets.kind_code(model).removeprefix(facets.KIND): name
            for name, model in models_by_kind().items()
        }
        labels = dict(kind_choices())
        return {code: (name, labels[name]) for code, name in codes.items()}

    def label_topic(self, keys):
        return {str(t.pk): (t.slug, str(t)) for t in Topic.objects.filter(pk__in=keys)}

    def label_initiative(self, keys):
        initiatives = Initiative.objects.published().filter(pk__in=keys)
        return {str(i.pk): (i.slug, i.short_name) for i in initiatives}

    def label_year(self, years):
        return {year: (year, year) for year in years}


class SearchView(TemplateView):
    cache_tags = (ITEMS,)
    template_name = "portal/search.html"

    def get(self, request, *args, **kwargs):
        query = self.canonical_query()
        if query is not None:
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        response = super().get(request, *args, **kwargs)
        response.status_code = 400 if response.context_data["form"].errors else 200
        response["X-Robots-Tag"] = "noindex"
        return response

    def canonical_query(self):
        """Return the query string without empty, repeated or default values, None if clean."""
        cleaned = QueryDict(mutable=True)
        defaults = {("sort", "relevance"), ("page", "1")}
        for name, values in self.request.GET.lists():
            selected = [v for v in dict.fromkeys(values) if v and (name, v) not in defaults]
            if selected:
                cleaned.setlist(name, selected)
        return None if cleaned == self.request.GET else cleaned.urlencode()

    def get_context_data(self, **kwargs):
        self.form = SearchForm(self.request.GET)
        self.form.is_valid()
        data = self.form.cleaned_data
        matches = search(
            data.get("q", ""),
            get_language(),
            filters=self.form.codes(),
            is_exact=data.get("exact", False),
            by_date=data.get("sort") == "date",
        )
        page = self.get_page(matches)
        Facets(self.form, matches, get_language()).fill()
        active = list(self.active_filters())
        return super().get_context_data(
            title=_("Search"),
            breadcrumbs=[{"title": _("Search")}],
            query=data.get("q", ""),
            form=self.form,
            matches=matches,
            results=results(matches, page.object_list),
            page_obj=page,
            paginator=page.paginator,
            page_range=page.paginator.get_elided_page_range(page.number),
            active_filters=active,
            clear_url=self.query_url(q=data.get("q", "")),
            exact_url=self.query_url(q=data.get("q", ""), exact="on"),
            orders=self.orders(),
            **kwargs,
        )

    def get_page(self, matches):
        number = self.request.GET.get("page", "1")
        paginator = Paginator(matches.pks, PER_PAGE)
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        if not is_number or not 1 <= int(number) <= paginator.num_pages:
            raise Http404
        return paginator.page(int(number))

    def query_url(self, **params):
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in params.items() if value})
        return f"?{query.urlencode()}" if query else "."

    def changed_url(self, name, values):
        """Return the address with other values for a parameter, back on the first page."""
        query = self.request.GET.copy()
        query.pop("page", None)
        query.setlist(name, values)
        return f"?{query.urlencode()}"

    def active_filters(self):
        """Yield each chosen value as a dict of label, value, and url without it."""
        for name in SearchForm.FACETS:
            field = self.form.fields[name]
            labels = dict(field.widget.choices)
            chosen = self.request.GET.getlist(name)
            for value in chosen if name not in self.form.errors else []:
                others = [other for other in chosen if other != value]
                yield {
                    "label": field.label,
                    "value": labels.get(value, value),
                    "url": self.changed_url(name, others),
                }

    def orders(self):
        current = self.form.cleaned_data.get("sort") or "relevance"
        return [
            {
                "label": label,
                "url": self.changed_url("sort", [value] if value != "relevance" else []),
                "is_current": value == current,
            }
            for value, label in self.form.fields["sort"].choices
        ]


@cache_control(public=True, max_age=60)
def suggestions(request):
    """Return up to MAX_SUGGESTIONS results for `q` as JSON: title, kind, URL and language."""
    matches = search(request.GET.get("q", "")[:100], get_language())
    top_results = results(matches, matches.pks[:MAX_SUGGESTIONS])
    return JsonResponse({"suggestions": [_suggestion(result) for result in top_results]})


def _suggestion(result):
    return {
        "title": str(result.item),
        "kind": capfirst(result.kind),
        "url": result.item.get_absolute_url(),
        "language": result.language,
    }

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


def kinds():
    """Return the searchable models by their name in query strings."""
    return {model._meta.model_name: model for model in searched_models()}


def kind_choices():
    return [(name, capfirst(kinds()[name]._meta.verbose_name_plural)) for name in kinds()]


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

    def chosen(self, name):
        """Return the valid values chosen for a facet, as codes of the index."""
        values = self.cleaned_data.get(name) or []
        if name == "kind":
            return [facets.kind_code(kinds()[value]) for value in values]
        return [f"{self.FACETS[name]}{getattr(value, 'pk', value)}" for value in values]

    def codes(self, without=None):
        """Return a list of codes for each facet with chosen values, except for `without`."""
        return [
            codes for name in self.FACETS if name != without and (codes := self.chosen(name))
        ]


class Facets:
    """Facets of a search with their counts, rendered as fields of its form."""

    def __init__(self, form, found, language):
        self.form, self.found, self.language = form, found, language

    def fill(self):
        """Give facet fields checkboxes with counts, and hide the other fields."""
        for name, prefix in SearchForm.FACETS.items():
            self.form.fields[name].widget = CountedCheckboxes(self.choices(name, prefix))
        for name in ("q", "sort", "exact"):
            self.form.fields[name].widget = forms.HiddenInput()

    def choices(self, name, prefix):
        chosen = [code.removeprefix(prefix) for code in self.form.chosen(name)]
        if chosen:
            filters = self.form.codes(without=name)
            counted = counts(self.found, self.language, filters, prefix)
        else:
            counted = self.found.counts(prefix)
        wanted = list(dict.fromkeys([*list(counted)[:MAX_CHOICES], *chosen]))
        labels = getattr(self, f"label_{name}")(wanted)
        made = [
            FacetChoice(value, label, counted.get(key, 0))
            for key in wanted
            if key in labels
            for value, label in [labels[key]]
        ]
        return (
            sorted(made, key=lambda choice: choice.value, reverse=True)
            if name == "year"
            else made
        )

    def label_kind(self, wanted):
        codes = {
            facets.kind_code(model).removeprefix(facets.KIND): name
            for name, model in kinds().items()
        }
        labels = dict(kind_choices())
        return {code: (name, labels[name]) for code, name in codes.items()}

    def label_topic(self, keys):
        return {str(t.pk): (t.slug, str(t)) for t in Topic.objects.filter(pk__in=keys)}

    def label_initiative(self, keys):
        found = Initiative.objects.published().filter(pk__in=keys)
        return {str(i.pk): (i.slug, i.short_name) for i in found}

    def label_year(self, years):
        return {year: (year, year) for year in years}


class SearchView(TemplateView):
    cache_tags = (ITEMS,)
    template_name = "portal/search.html"

    def get(self, request, *args, **kwargs):
        query = self.clean_query()
        if query is not None:
            return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
        response = super().get(request, *args, **kwargs)
        response.status_code = 400 if response.context_data["form"].errors else 200
        response["X-Robots-Tag"] = "noindex"
        return response

    def clean_query(self):
        """Return the query string without empty, repeated or default values, None if clean."""
        cleaned = QueryDict(mutable=True)
        defaults = {("sort", "relevance"), ("page", "1")}
        for name, values in self.request.GET.lists():
            kept = [v for v in dict.fromkeys(values) if v and (name, v) not in defaults]
            if kept:
                cleaned.setlist(name, kept)
        return None if cleaned == self.request.GET else cleaned.urlencode()

    def get_context_data(self, **kwargs):
        self.form = SearchForm(self.request.GET)
        self.form.is_valid()
        data = self.form.cleaned_data
        found = search(
            data.get("q", ""),
            get_language(),
            filters=self.form.codes(),
            is_exact=data.get("exact", False),
            by_date=data.get("sort") == "date",
        )
        page = self.page_of(found)
        Facets(self.form, found, get_language()).fill()
        active = list(self.active_filters())
        return super().get_context_data(
            title=_("Search"),
            breadcrumbs=[{"title": _("Search")}],
            query=data.get("q", ""),
            form=self.form,
            found=found,
            results=results(found, page.object_list),
            page_obj=page,
            paginator=page.paginator,
            page_range=page.paginator.get_elided_page_range(page.number),
            active_filters=active,
            clear_url=self.address(q=data.get("q", "")),
            exact_url=self.address(q=data.get("q", ""), exact="on"),
            orders=self.orders(),
            **kwargs,
        )

    def page_of(self, found):
        number = self.request.GET.get("page", "1")
        paginator = Paginator(found.pks, PER_PAGE)
        is_number = number.isascii() and number.isdigit() and len(number) < 10
        if not is_number or not 1 <= int(number) <= paginator.num_pages:
            raise Http404
        return paginator.page(int(number))

    def address(self, **params):
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in params.items() if value})
        return f"?{query.urlencode()}" if query else "."

    def changed(self, name, values):
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
                    "url": self.changed(name, others),
                }

    def orders(self):
        current = self.form.cleaned_data.get("sort") or "relevance"
        return [
            {
                "label": label,
                "url": self.changed("sort", [value] if value != "relevance" else []),
                "is_current": value == current,
            }
            for value, label in self.form.fields["sort"].choices
        ]


@cache_control(public=True, max_age=60)
def suggestions(request):
    """Return up to MAX_SUGGESTIONS results for `q` as JSON: title, kind, URL and language."""
    found = search(request.GET.get("q", "")[:100], get_language())
    shown = results(found, found.pks[:MAX_SUGGESTIONS])
    return JsonResponse({"suggestions": [_suggestion(result) for result in shown]})


def _suggestion(result):
    return {
        "title": str(result.item),
        "kind": capfirst(result.kind),
        "url": result.item.get_absolute_url(),
        "language": result.language,
    }

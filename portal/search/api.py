"""Search endpoint of the API."""

from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from portal.search.page import SearchForm, models_by_kind
from search.queries import search
from search.results import results
from website.api import InvalidParameters, Pagination
from website.api.views import EndpointMixin


class ResultSerializer(serializers.Serializer):
    """One search result."""

    kind = serializers.CharField(help_text="Kind of item, as in the parameter `kind`.")
    id = serializers.IntegerField(help_text="Never changes; unique within its kind.")
    url = serializers.URLField(help_text="Address of the item's page.")
    title = serializers.CharField()
    content_language = serializers.CharField(help_text="Language of the title.")
    dated_on = serializers.DateField(
        allow_null=True, help_text="Deadline, start or publication date, depending on the kind."
    )
    snippet = serializers.CharField(
        help_text="Extract with the search words, as HTML with `<mark>` around the words."
    )


def _serialised(result, request):
    return {
        "kind": result.model_name,
        "id": result.item.pk,
        "url": request.build_absolute_uri(result.item.get_absolute_url()),
        "title": result.entry.title,
        "content_language": result.entry.title_language,
        "dated_on": result.entry.dated_on,
        "snippet": result.snippet,
    }


def _parameter(name, description, **options):
    return OpenApiParameter(name, str, description=description, **options)


class SearchApiView(EndpointMixin, APIView):
    """Search everything published. Returns at most 1,000 results, best match first."""

    pagination_class = Pagination

    def get_serializer(self, **kwargs):
        """Return the serializer, for the OpenAPI document."""
        return ResultSerializer(many=True)

    def known_parameters(self):
        return {*super().known_parameters(), *SearchForm.base_fields, *Pagination.parameters}

    @extend_schema(
        operation_id="search_list",
        tags=["search"],
        summary="Search everything published",
        parameters=[
            _parameter("q", "Search words. Supports “phrases”, OR and -minus.", required=True),
            _parameter(
                "kind", "Only items of these kinds.", many=True, enum=list(models_by_kind())
            ),
            _parameter("topic", "By `slug`; includes narrower topics.", many=True),
            _parameter("initiative", "By `slug`.", many=True),
            _parameter("year", "Year of `dated_on`.", many=True),
            _parameter(
                "sort",
                "Sort by relevance or by date, newest first.",
                enum=["relevance", "date"],
            ),
            _parameter(
                "exact",
                "`on` searches for the exact words, without correcting typing errors.",
                enum=["on"],
            ),
        ],
    )
    def get(self, request):
        form = SearchForm(request.query_params)
        if not form.is_valid():
            raise InvalidParameters(form.errors)
        matches = search(
            form.cleaned_data["q"],
            get_language(),
            filters=form.codes(),
            is_exact=form.cleaned_data["exact"],
            by_date=form.cleaned_data["sort"] == "date",
        )
        paginator = Pagination()
        page = results(matches, paginator.paginate_queryset(matches.pks, request))
        serialised = [_serialised(result, request) for result in page]
        return paginator.get_paginated_response(ResultSerializer(serialised, many=True).data)

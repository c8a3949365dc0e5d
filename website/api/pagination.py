"""Pagination of API lists by page number."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from website.api.problems import InvalidParameters

#: Longer numbers are rejected before parsing.
MAX_DIGITS = 18


def _positive(name, text):
    if text.isascii() and text.isdigit() and len(text) <= MAX_DIGITS and int(text):
        return int(text)
    raise InvalidParameters({name: [_("Enter a whole number of 1 or more.")]})


class Pagination(PageNumberPagination):
    """Pagination by `?page=` and `?page_size=`.

    A page past the last one is a 404, a size over the maximum is capped, and anything that is
    not a number is a 400.
    """

    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100
    last_page_strings = ()
    invalid_page_message = gettext_lazy("This list does not have that page.")

    parameters = ("page", "page_size")

    def get_page_number(self, request, paginator):
        return _positive("page", request.query_params.get("page") or "1")

    def get_page_size(self, request):
        text = request.query_params.get("page_size")
        if not text:
            return self.page_size
        return min(_positive("page_size", text), self.max_page_size)

    def get_paginated_response(self, data):
        paginator = self.page.paginator
        return Response(
            {
                "count": paginator.count,
                "page": self.page.number,
                "page_size": paginator.per_page,
                "pages": paginator.num_pages,
                "next": self.get_next_link(),
                "previous": self.get_previous_link(),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema):
        number = {"type": "integer"}
        link = {"type": "string", "format": "uri", "nullable": True}
        properties = {
            "count": number | {"description": "Total number of items.", "example": 134},
            "page": number | {"description": "Number of this page, from 1.", "example": 1},
            "page_size": number | {"description": "Number of items per page.", "example": 20},
            "pages": number | {"description": "Number of pages, at least 1.", "example": 7},
            "next": link | {"description": "URL of the next page."},
            "previous": link | {"description": "URL of the previous page."},
            "results": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view):
        return [
            _parameter("page", "Number of the page. 404 after the last page.", default=1),
            _parameter(
                "page_size",
                f"Number of items per page, at most {self.max_page_size}.",
                default=self.page_size,
            ),
        ]


def _parameter(name, description, **schema):
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": {"type": "integer", "minimum": 1, **schema},
    }

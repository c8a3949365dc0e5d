"""OpenAPI schema shared by all endpoints."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from localisation.languages import portal_languages
from website.api.problems import CONTENT_TYPE, ProblemSerializer, problem

#: Status -> description, example detail, example errors.
PROBLEMS = {
    400: (
        "A query parameter is unknown or has an invalid value.",
        "Some query parameters are not valid.",
        [
            {
                "field": "colour",
                "message": "Unknown parameter. Available parameters: lang, page, q, sort.",
            }
        ],
    ),
    404: (
        "The item is not published, or the list does not have that page.",
        "This list does not have that page.",
        [],
    ),
    429: (
        "Too many requests. The header `Retry-After` gives the number of seconds to wait.",
        "Request was throttled. Expected available in 17 seconds.",
        [],
    ),
}


def _header(name, description, statuses, kind=str):
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, description=description, response=statuses
    )


class EndpointSchema(AutoSchema):
    """Schema generator that adds `lang`, a summary, headers and error responses."""

    def get_override_parameters(self):
        return [
            OpenApiParameter(
                "lang",
                str,
                enum=portal_languages(),
                description="Language of the response. Default: the language of the header "
                "`Accept-Language`.",
            ),
            OpenApiParameter(
                "If-None-Match",
                str,
                OpenApiParameter.HEADER,
                description="The `ETag` of your copy. Returns 304 if it is still current.",
            ),
            _header("ETag", "Changes when the response changes.", [200, 304]),
            _header("Content-Language", "The language of the response.", [200]),
            _header("Retry-After", "Number of seconds to wait.", [429], int),
        ]

    def get_response_serializers(self):
        found = OpenApiResponse(super().get_response_serializers(), "The published content.")
        unchanged = OpenApiResponse(description="Your copy is still current.")
        problems = {(status, CONTENT_TYPE): _problem_response(status) for status in PROBLEMS}
        return {200: found, 304: unchanged, **problems}

    def get_summary(self):
        names = self.view.queryset.model._meta
        if self.view.action == "list":
            return f"List {names.verbose_name_plural}"
        if self.view.action == "retrieve":
            return f"Get one {names.verbose_name}"
        return f"Get the {self.view.action} of one {names.verbose_name}"


def _problem_response(status):
    meaning, detail, errors = PROBLEMS[status]
    value = problem(status, detail, errors)
    example = OpenApiExample(value["title"], value=value, status_codes=[str(status)])
    return OpenApiResponse(ProblemSerializer, meaning, examples=[example])


def without_enum_ids(result, **kwargs):
    """Drop the generator's internal enum ids; a postprocessing hook."""
    _drop(result, "x-spec-enum-id")
    return result


def _drop(node, key):
    if isinstance(node, dict):
        node.pop(key, None)
    children = node.values() if isinstance(node, dict) else node
    for child in children:
        if isinstance(child, (dict, list)):
            _drop(child, key)

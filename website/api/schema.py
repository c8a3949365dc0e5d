"""OpenAPI schema shared by all endpoints."""

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from localisation.languages import portal_languages
from website.api.problems import CONTENT_TYPE, ProblemSerializer, problem

#: Status -> description, example detail, example errors.
PROBLEMS = {
    400: (
        "A query parameter is unknown or has a value that cannot be used.",
        "Some query parameters cannot be used.",
        [{"field": "colour", "message": "Unknown parameter. Known ones: lang, page, q, sort."}],
    ),
    404: (
        "There is no such published item, or the list has no such page.",
        "This list has no such page.",
        [],
    ),
    429: (
        "Too many requests. The header `Retry-After` gives the seconds to wait.",
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
                description="Language of the answer. Without it, the one that the header "
                "`Accept-Language` asks for.",
            ),
            OpenApiParameter(
                "If-None-Match",
                str,
                OpenApiParameter.HEADER,
                description="The `ETag` of your copy: 304 when it is still right.",
            ),
            _header("ETag", "Changes when the answer does.", [200, 304]),
            _header("Content-Language", "The language asked for.", [200]),
            _header("Retry-After", "Seconds to wait.", [429], int),
        ]

    def get_response_serializers(self):
        found = OpenApiResponse(super().get_response_serializers(), "The published content.")
        unchanged = OpenApiResponse(description="Your copy is still right.")
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

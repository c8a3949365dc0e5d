"""Assembly of the API: endpoints, OpenAPI document and reference page.

`urlpatterns` belong below /api/v1/; `UnknownAddressView` answers all else below /api/.
"""

from functools import cache

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import Resolver404, include, path, re_path, resolve
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import (
    OpenApiJsonRenderer,
    OpenApiJsonRenderer2,
    OpenApiYamlRenderer,
    OpenApiYamlRenderer2,
)
from rest_framework.renderers import TemplateHTMLRenderer
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from newsletter.api import SignUpView
from portal.api_reference import Reference
from portal.search.api import SearchApiView
from portal.topic_api import TopicViewSet
from publishing.registry import declarations
from website.api.views import LANG, EndpointMixin
from website.views import language_links

app_name = "api"

router = SimpleRouter(use_regex_path=False)
for declaration in declarations():
    if declaration.viewset:
        router.register(declaration.section, declaration.viewset)
router.register("topics", TopicViewSet)


class RootView(EndpointMixin, APIView):
    """Index of the API: addresses of the lists, the OpenAPI document and the reference."""

    schema = None

    def get(self, request):
        names = {prefix: f"{basename}-list" for prefix, _view, basename in router.registry}
        names |= {"search": "search", "schema": "schema", "docs": "docs"}
        return Response(
            {key: reverse(f"api:{name}", request=request) for key, name in names.items()}
        )


@cache
def openapi_document():
    """Return the OpenAPI document, always in English.

    Its texts are for developers, and half of them are names in the code.
    """
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


class SchemaView(EndpointMixin, APIView):
    """The OpenAPI document as JSON or YAML, depending on the `Accept` header."""

    renderer_classes = [
        OpenApiJsonRenderer2,
        OpenApiJsonRenderer,
        OpenApiYamlRenderer2,
        OpenApiYamlRenderer,
    ]
    schema = None

    def get(self, request):
        return Response(openapi_document())


@cache
def reference():
    return Reference(openapi_document())


class DocsView(EndpointMixin, APIView):
    """The API reference as an HTML page."""

    renderer_classes = [TemplateHTMLRenderer]
    schema = None

    def get(self, request):
        languages = [
            link | {"url": f"{request.path}?{LANG}={link['code']}"}
            for link in language_links(request.path)
        ]
        context = {
            "reference": reference(),
            "schema_url": reverse("api:schema"),
            "languages": languages,
        }
        return Response(context, template_name="api/docs.html")


class UnknownAddressView(EndpointMixin, APIView):
    """Fallback: 404 as problem details, or a redirect that appends a missing slash."""

    schema = None

    def initial(self, request, *args, **kwargs):
        if request.path.endswith("/") or not _is_endpoint(f"{request.path_info}/"):
            raise Http404

    def get(self, request, *args, **kwargs):
        query = request.META["QUERY_STRING"]
        address = f"{request.path}/" + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address)


def _is_endpoint(path_info):
    try:
        return resolve(path_info).func.cls is not UnknownAddressView
    except (Resolver404, AttributeError):
        return False


urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    path("search/", SearchApiView.as_view(), name="search"),
    path("newsletter/", SignUpView.as_view(), name="newsletter"),
    path("", include(router.urls)),
    re_path("", UnknownAddressView.as_view()),
]

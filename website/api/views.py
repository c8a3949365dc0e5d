"""Base view sets of the API and behaviour shared by all endpoints."""

from django.http import HttpResponse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.viewsets import ReadOnlyModelViewSet

from localisation.languages import portal_languages
from publishing.page_tags import ITEMS
from website.api.filtering import SLUG
from website.api.pagination import Pagination
from website.api.problems import InvalidParameters

LANG = "lang"


class EndpointMixin:
    """Behaviour of all endpoints: `?lang=`, strict parameters, CORS for every origin.

    Responses may be cached but must be revalidated (cheap with the ETag), as calls close and
    items are unpublished at any time.
    """

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        self.activate_language(request.query_params.get(LANG))
        self.refuse_unknown(request.query_params)

    def activate_language(self, code):
        """Activate the given language.

        Without a code, the language is negotiated from the Accept-Language header, or is the
        portal's default. Raises InvalidParameters for an unknown code.
        """
        if code and code not in portal_languages():
            offered = ", ".join(portal_languages())
            message = _(
                "This portal is not available in that language. Available languages: "
                "%(languages)s."
            )
            raise InvalidParameters({LANG: [message % {"languages": offered}]})
        if code:
            translation.activate(code)

    def known_parameters(self):
        """Return the names of the query parameters that this request accepts."""
        return {LANG}

    def refuse_unknown(self, params):
        known = self.known_parameters()
        message = _("Unknown parameter. Available parameters: %(names)s.")
        message %= {"names": ", ".join(sorted(known))}
        unknown = [name for name in params if name not in known]
        if unknown:
            raise InvalidParameters({name: [message] for name in unknown})

    def options(self, request, *args, **kwargs):
        """Respond with the header `Allow` only."""
        return HttpResponse(status=204)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        if getattr(response, "exception", False):
            response.accepted_renderer = JSONRenderer()
            patch_cache_control(response, no_store=True)
        else:
            patch_cache_control(response, public=True, no_cache=True)
        return response


class ReadOnlyViewSet(EndpointMixin, ReadOnlyModelViewSet):
    """Read-only view set; subclasses set queryset, filterset_class and both serializers."""

    cache_tags = (ITEMS,)
    summary_serializer = None
    detail_serializer = None
    filterset_class = None
    lookup_value_converter = "int"
    #: Relations to prefetch for the detail view, in addition to the queryset's own.
    detail_relations = ()

    def known_parameters(self):
        known = super().known_parameters()
        if self.action == "list":
            known |= {*self.filterset_class.parameters(), *Pagination.parameters, SLUG}
        return known

    def get_queryset(self):
        queryset = super().get_queryset()
        if self.action == "list":
            return queryset
        return queryset.prefetch_related(*self.detail_relations)

    def filter_queryset(self, queryset):
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_serializer_class(self):
        return self.summary_serializer if self.action == "list" else self.detail_serializer


class PublishableViewSet(ReadOnlyViewSet):
    """View set of a type's published items, fetched by `for_list()` and `for_detail()`."""

    def get_queryset(self):
        published = super().get_queryset().published()
        return published.for_list() if self.action == "list" else published.for_detail()

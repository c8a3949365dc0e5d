"""Views that serve documents and the drawings of items without a picture."""

import logging

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import cache_control

from media.artwork import artwork_svg
from media.models import Document

logger = logging.getLogger(__name__)


def document(request, slug, number=None):
    """Serve the current or given version of a document.

    Returns 404 if it is not yet available, except to staff who may view documents.
    """
    queryset = Document.objects.prefetch_related("versions")
    found = get_object_or_404(queryset, slug=slug)
    if not found.is_available and not request.user.has_perm("media.view_document"):
        raise Http404
    versions = [v for v in found.versions.all() if number in (None, v.number)]
    if not versions:
        raise Http404
    version = max(versions, key=lambda version: version.number)
    response = FileResponse(stored_file(version), filename=version.download_name)
    if not found.is_available:
        add_never_cache_headers(response)
    return response


def stored_file(version):
    """Return the open file of a document version. Raises Http404 and logs if it is missing."""
    try:
        return version.file.open("rb")
    except FileNotFoundError as lost:
        logger.error("The file of a document is missing: %s", version.file.name)
        raise Http404 from lost


@cache_control(public=True, max_age=2_592_000)
def artwork(request, theme, seed):
    """Return the generated artwork of an item; deterministic, so cacheable by URL."""
    return HttpResponse(artwork_svg(seed, theme=theme), content_type="image/svg+xml")

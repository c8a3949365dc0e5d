"""Redirects from the former addresses of items."""

from django.http import Http404, HttpResponsePermanentRedirect

from publishing.models import FormerAddress


def redirect_to_new_address(request, model, slug):
    """Return a redirect to the item formerly at this slug, keeping the rest of the URL.

    The redirect is permanent but must be revalidated, as the item may move back. Raises Http404
    if no public item had this slug.
    """
    key = FormerAddress.objects.keys_by_slug(model, [slug]).get(slug)
    item = model.objects.published().filter(pk=key).first()
    if item is None:
        raise Http404
    here = item.get_absolute_url()
    item.slug = slug
    rest = request.get_full_path().removeprefix(item.get_absolute_url())
    response = HttpResponsePermanentRedirect(here + rest)
    response.headers["Cache-Control"] = "no-cache"
    return response

"""Redirects from the former addresses of items."""

from django.http import Http404, HttpResponsePermanentRedirect

from publishing.models import FormerAddress


def redirect_to_new_address(request, model, slug):
    """Lead to where the item is that was public at this slug, with all that followed it.

    Permanent, but to be asked for again: the item may move back. Raises Http404 where nothing
    public has left this slug.
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

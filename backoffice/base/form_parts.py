"""Parts of the page around a form: the panel at its side, notes above it, its preview."""


class FormPart:
    """Something that the page of a form shows beside its fields.

    A model admin lists its kinds of parts as `form_parts`, in any order: each adds names of
    its own to the page's context. They are made anew for each request; `shown` is the context
    as Django has made it.
    """

    def __init__(self, request, admin, page_context):
        self.request, self.admin, self.page_context = request, admin, page_context

    def applies_to(self, item, user):
        """Return whether the page has this part. The item is None where there is none yet."""
        return item is not None

    def context(self, item, user):
        """Return what the part adds to the page's context."""
        raise NotImplementedError


class SiteLinks(FormPart):
    """Addresses of the item on the site."""

    def context(self, item, user):
        return {"site_links": self.admin.site_links(item)}


def parts_context(request, admin, page_context, item):
    """Return what the admin's form parts add to the page of an item, or of a new one."""
    context = {}
    for kind in admin.form_parts:
        part = kind(request, admin, page_context)
        if part.applies_to(item, request.user):
            context |= part.context(item, request.user)
    return context

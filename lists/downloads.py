"""Downloads of a list: all filtered items, or only the ticked ones.

Ticked items are named by slug (`?item=…&item=…`). Filters are then ignored and only the sort
order applies. Unpublished and unknown slugs are treated alike.
"""

from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.generic import View

from lists.exports import csv_response, table_of
from lists.query_string import ITEM, MAX_TICKED
from localisation import clock, formats
from publishing.models import FormerAddress

#: Maximum number of unknown slugs repeated in an error, and their length.
QUOTED, QUOTED_LENGTH = 10, 120


def find_published_keys(model, slugs):
    """Return the primary keys of the published items with these current or former slugs.

    Raises ValidationError with the slugs that were not found.
    """
    published = model.objects.published()
    found = dict(published.filter(slug__in=slugs).values_list("slug", "pk"))
    moved = FormerAddress.objects.keys_by_slug(model, [s for s in slugs if s not in found])
    public = set(published.filter(pk__in=moved.values()).values_list("pk", flat=True))
    found |= {slug: key for slug, key in moved.items() if key in public}
    if missing := [slug[:QUOTED_LENGTH] for slug in slugs if slug not in found]:
        message = _(
            "Not published, or no longer published: %(names)s. Please remove this from your "
            "selection."
        )
        raise ValidationError(message, params={"names": ", ".join(missing[:QUOTED])})
    return list(found.values())


class DownloadView(View):
    """Base of downloads of a filtered list or its ticked items.

    A subclass implements `build_response`.
    """

    model = None
    filterset_class = None
    #: Prefix of the file name.
    section = ""

    def get(self, request):
        try:
            items = self.requested_items()
        except ValidationError as error:
            return render(request, "400.html", {"reason": " ".join(error.messages)}, status=400)
        response = self.build_response(items)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def build_response(self, items):
        """Return the response for a queryset of published items."""
        raise NotImplementedError

    @property
    def file_name(self):
        return f"{self.section}-{clock.today():%Y-%m-%d}"

    @property
    def ticked(self):
        return list(dict.fromkeys(filter(None, self.request.GET.getlist(ITEM))))

    def requested_items(self):
        """Return the requested published items. Raises ValidationError."""
        params, visible = self.request.GET.copy(), self.model.objects.published()
        if ticked := self.ticked:
            visible = visible.filter(pk__in=self.find_published_keys(ticked))
            for name in [name for name in params if name != "sort"]:
                del params[name]
        filterset = self.filterset_class(params, queryset=visible)
        for name, messages in filterset.errors.items():
            label = filterset.form.fields[name].label or name
            raise ValidationError(formats.named(label, " ".join(messages)))
        return filterset.qs

    def find_published_keys(self, slugs):
        if len(slugs) > MAX_TICKED:
            message = _(
                "You have selected more than %(number)s items. Select fewer, or filter the "
                "list and download all results."
            )
            raise ValidationError(message, params={"number": MAX_TICKED})
        return find_published_keys(self.model, slugs)


class TableDownloadView(DownloadView):
    """Download of a list as a table.

    `columns` maps headers to functions of an item. Items are fetched by `for_list()`, with
    `table_relations` prefetched. `respond` is a response function of lists.exports.
    """

    columns = {}
    table_relations = ()
    respond = staticmethod(csv_response)

    def build_response(self, items):
        fetched = items.for_list().prefetch_related(*self.table_relations)
        return self.respond(self.file_name, table_of(fetched, self.columns))

"""Links to a draft for people without an account: made, listed and revoked by staff."""

from django.conf import settings
from django.contrib.admin.helpers import AdminForm
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.item_pages import item_page, page_url
from backoffice.preview.link_form import PreviewLinkForm
from publishing.models import PreviewLink

#: The form's lines.
FIELDS = ["note", ("language", "days"), "version", "as_on"]
#: Links that are shown of one item: the latest ones.
MAX_LINKS = 50


def preview_links(request, admin, item):
    """Show the links that work, and a form for a new one, whose address is shown only once."""
    form = PreviewLinkForm(request.POST if request.method == "POST" else None)
    form.initial["language"] = get_language()
    new_link_url = ""
    if form.is_valid():
        new_link_url = make_link(request, admin, item, form)
        form = PreviewLinkForm(initial={"language": get_language()})
    links = PreviewLink.objects.of(item).active().select_related("created_by", "revision")
    return item_page(
        request,
        admin,
        item,
        "admin/preview_links.html",
        _("Preview links"),
        adminform=AdminForm(form, [(None, {"fields": FIELDS})], {}),
        new_link_url=new_link_url,
        links=links.defer("revision__data")[:MAX_LINKS],
    )


def make_link(request, admin, item, form):
    """Make a link, and return its address."""
    _link, token = PreviewLink.objects.make(
        item=item, created_by=request.user, **form.fields_of_link(item)
    )
    admin.log_change(request, item, _("Preview link created."))
    return f"{settings.PORTAL_URL}{reverse('shared-preview', args=[token])}"


@require_POST
def revoke_preview_link(request, admin, item, link_id):
    """Revoke a link that works."""
    link = get_object_or_404(PreviewLink.objects.of(item).active(), pk=link_id)
    link.revoke()
    admin.log_change(request, item, _("Preview link revoked."))
    return HttpResponseRedirect(page_url(item, "preview_links"))

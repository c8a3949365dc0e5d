"""Declaration of pages."""

from django.utils.translation import gettext_lazy as _

from pages.models import Page
from pages.views import PageDetailView
from website.declare import declare

declare(
    Page,
    section="pages",
    title=_("Pages"),
    order=70,
    list_view=None,
    detail_view=PageDetailView,
    viewset=None,
)

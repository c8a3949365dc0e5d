"""The part of the form that shows its preview."""

from django.conf import settings
from django.utils.translation import get_language

from backoffice.base import FormPart
from backoffice.item_pages import may_write, page_url, type_page_url
from backoffice.preview.as_on import date_form_url


class PreviewPane(FormPart):
    """The pane beside the form."""

    def applies_to(self, item, user):
        return may_write(self.request, self.admin, item)

    def context(self, item, user):
        new = type_page_url(self.admin.model, "preview_new")
        preview = {
            "url": page_url(item, "preview_typed") if item else new,
            "links_url": page_url(item, "preview_links") if item else "",
            "choose_url": date_form_url(),
            "language": get_language(),
            "zone": settings.TIME_ZONE,
        }
        return {"preview": preview}

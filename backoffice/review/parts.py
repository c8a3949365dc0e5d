"""The part of the form about the review of its draft."""

from backoffice.base import FormPart
from backoffice.item_pages import type_page_url
from backoffice.review.panel import ReviewPanel


class ReviewPart(FormPart):
    """The review of the version that the form is about."""

    def context(self, item, user):
        panel = ReviewPanel(
            item,
            user,
            getattr(item, "opened_revision", None),
            search_url=type_page_url(self.admin.model, "reviewers"),
            form_data=self.request.POST.dict(),
        )
        return {"review": panel}

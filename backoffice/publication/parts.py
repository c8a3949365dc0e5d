"""The part of the form about what is public."""

from backoffice.base import FormPart


class PublicationState(FormPart):
    """State of the item, and permission to publish it."""

    def applies_to(self, item, user):
        return True

    def context(self, item, user):
        publication = {
            "may_publish": self.admin.may_publish(self.request),
            "is_published": bool(item and item.is_published),
        }
        return {"publication": publication}

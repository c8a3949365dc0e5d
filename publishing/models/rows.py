"""Base models of ordered rows that belong to an item."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from localisation.fields import LanguageField


class Row(models.Model):
    """A row of an item (a contact, a link, a key figure), in the order set by staff."""

    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class LinkRow(Row):
    """A link to an external page, with the language of that page."""

    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    language = LanguageField()

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return self.title or self.url

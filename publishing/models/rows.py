"""Rows that belong to one item and that staff put in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from localisation.fields import LanguageField


class Row(models.Model):
    """A row of an item's table (a contact, a link, a key figure), in the order staff chose."""

    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class LinkRow(Row):
    """A link to a page elsewhere, with the language that page is in."""

    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    language = LanguageField()

    class Meta(Row.Meta):
        abstract = True

    def __str__(self):
        return self.title or self.url

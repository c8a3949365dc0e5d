"""Index of sitemap files, with their last change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SitemapPart(models.Model):
    """One sitemap file: a section's pages in one language, for a range of keys.

    Updated on publication, so that the sitemap index can be rendered from this table alone. See
    `syndication.sitemaps`.
    """

    section = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    number = models.PositiveIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        verbose_name = _("part of the sitemap")
        verbose_name_plural = _("parts of the sitemap")
        ordering = ["section", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "language", "number"],
                name="syndication_sitemappart_is_unique",
            )
        ]

    def __str__(self):
        return f"{self.section}-{self.language}-{self.number}"

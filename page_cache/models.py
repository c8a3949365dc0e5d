"""Log of changes to what public pages show, written in the transaction of the change."""

from django.db import models


class Change(models.Model):
    """A committed change, by the tags of `page_cache.dependencies`, separated by spaces."""

    tags = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.tags

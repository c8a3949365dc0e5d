"""Time of an item's last visible change, per language.

It may differ from the last publication, which may have changed nothing, or only another
language.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import get_language


class PublicChangeQuerySet(models.QuerySet):
    def of_type(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def in_active_language(self):
        """Return the changes in the active language."""
        return self.filter(language=get_language())

    def of_each(self, model):
        """Return a subquery of the change of each item of a model in the active language."""
        return self.of_type(model).in_active_language().filter(object_id=OuterRef("pk"))

    def upsert(self, rows):
        """Upsert rows by item and language."""
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["content_type", "object_id", "language"],
            update_fields=["changed_at", "number"],
        )


class PublicChange(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=10)
    changed_at = models.DateTimeField()
    #: Number of the revision with the change; 0 for models without revisions.
    number = models.PositiveIntegerField()

    objects = PublicChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"],
                name="syndication_publicchange_is_unique",
            )
        ]

    def __str__(self):
        return f"{self.content_type_id}/{self.object_id}/{self.language}: {self.number}"

"""When what readers see of an item last changed, in each language.

Not the same as its last publication, which may have changed nothing, or another language only.
"""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import get_language


class PublicChangeQuerySet(models.QuerySet):
    def of_type(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def told_now(self):
        """Those in the active language."""
        return self.filter(language=get_language())

    def of_each(self, model):
        """For a subquery: that of each item of a model in the active language."""
        return self.of_type(model).told_now().filter(object_id=OuterRef("pk"))

    def keep(self, rows):
        """Write rows; they take the place of those of the same item and language."""
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
    #: Of the published version that brought the change; 0 for what has no versions.
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

"""Index of references between items, from rich text and relations."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemLinkQuerySet(models.QuerySet):
    def from_type(self, model):
        return self.filter(source_type=ContentType.objects.get_for_model(model))

    def from_item(self, item):
        return self.from_type(type(item)).filter(source_id=item.pk)

    def to_items(self, model, keys):
        """Return the references to items of one type, except from these items themselves."""
        kind = ContentType.objects.get_for_model(model)
        own = models.Q(source_type=kind, source_id__in=keys)
        return self.filter(target_type=kind, target_id__in=keys).exclude(own)

    def replace(self, item, targets, *, is_live):
        """Replace the outgoing references of the item's public version or draft.

        `targets` is a set of (model, pk) pairs.
        """
        mine = self.from_item(item).filter(is_live=is_live)
        types = ContentType.objects.get_for_models(*{model for model, _key in targets})
        wanted = {(types[model].pk, key) for model, key in targets}
        known = {(link.target_type_id, link.target_id): link.pk for link in mine}
        if gone := [pk for target, pk in known.items() if target not in wanted]:
            self.filter(pk__in=gone).delete()
        source = {"source_type": ContentType.objects.get_for_model(item), "is_live": is_live}
        new = [
            self.model(source_id=item.pk, target_type_id=kind, target_id=key, **source)
            for kind, key in sorted(wanted - known.keys())
        ]
        self.bulk_create(new, ignore_conflicts=True)  # items without revisions are not locked


class ItemLink(models.Model):
    """A reference between items, in the public version (`is_live`) or the open draft."""

    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("source_type", "source_id")
    target_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    target_id = models.PositiveBigIntegerField()
    is_live = models.BooleanField()

    objects = ItemLinkQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("link between items")
        verbose_name_plural = _("links between items")
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "is_live", "target_type", "target_id"],
                name="publishing_itemlink_is_unique",
            )
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="publishing_itemlink_target")
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id}"

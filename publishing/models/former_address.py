"""Addresses at which an item was published before: they lead to where it is now."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddressQuerySet(models.QuerySet):
    def of_type(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def keys_by_slug(self, model, slugs):
        """{slug: key of the item} of those of these slugs that an item of the type has left."""
        return dict(self.of_type(model).filter(slug__in=slugs).values_list("slug", "object_id"))

    def move(self, item, old, new):
        """Take note that an item is public at the slug `new`, and no longer at `old`.

        Whoever left `new` loses it: the page that stands there wins.
        """
        self.of_type(type(item)).filter(slug=new).delete()
        if old and old != new:
            self.update_or_create(
                content_type=ContentType.objects.get_for_model(type(item)),
                slug=old,
                defaults={"object_id": item.pk},
            )


class FormerAddress(models.Model):
    """A slug that a published item has given up.

    It points at the item, not at another slug: however often the item moves, one redirect
    leads there. Outlives the item, which may be restored after its deletion.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    slug = models.SlugField(_("address"), max_length=120)
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FormerAddressQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "slug"],
                name="publishing_formeraddress_slug_is_unique",
            )
        ]

    def __str__(self):
        return self.slug

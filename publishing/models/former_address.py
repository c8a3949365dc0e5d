"""Former slugs of published items, for redirects."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class FormerAddressQuerySet(models.QuerySet):
    def of_type(self, model):
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def keys_by_slug(self, model, slugs):
        """Return {slug: pk} of items of the type that formerly had one of these slugs."""
        return dict(self.of_type(model).filter(slug__in=slugs).values_list("slug", "object_id"))

    def move(self, item, old, new):
        """Record that a published item moved from the slug `old` to `new`.

        Another item's former slug `new` is removed, as the current page takes precedence.
        """
        self.of_type(type(item)).filter(slug=new).delete()
        if old and old != new:
            self.update_or_create(
                content_type=ContentType.objects.get_for_model(type(item)),
                slug=old,
                defaults={"object_id": item.pk},
            )


class FormerAddress(models.Model):
    """A slug that a published item no longer uses.

    It refers to the item rather than to another slug, so that there is only one redirect
    however often the item moves. It outlives the item, which may be restored after deletion.
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

"""Topics: the portal's vocabulary, in up to three levels."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models.declarations import Source
from publishing.richtext import RichTextField


class TopicQuerySet(models.QuerySet):
    def within(self, topics):
        """Return these topics (a queryset or list) and all narrower ones."""
        pks = [topic.pk for topic in topics]
        return self.filter(Q(pk__in=pks) | Q(parent__in=pks) | Q(parent__parent__in=pks))

    def top(self):
        return self.filter(parent=None)


class Topic(models.Model):
    MAX_LEVELS = 3

    search = Source(title="name", summary="", dates=(), order=("name", "pk"))

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("Last part of the page's address."),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("broader topic"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text=_("Leave empty for a top-level topic. At most three levels."),
    )
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        help_text=_("Shown at the top of the topic’s page."),
    )
    lead_image = models.ForeignKey(
        "media.Image",
        verbose_name=_("lead image"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return self.name or self.slug

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])

    def clean(self):
        """Reject cycles and a fourth level. Raises ValidationError on `parent`."""
        ancestors = self.ancestors()
        if self.pk and self in ancestors:
            raise ValidationError({"parent": _("A topic cannot be its own broader topic.")})
        if len(ancestors) + self.levels_below() >= self.MAX_LEVELS:
            raise ValidationError({"parent": _("Topics have at most three levels.")})

    def ancestors(self):
        """Return the broader topics, broadest first."""
        found, topic = [], self.parent
        while topic and topic not in found:
            found.insert(0, topic)
            topic = topic.parent
        return found

    def levels_below(self):
        """Return the number of levels of narrower topics below this one."""
        if not self.pk:
            return 0
        below = Topic.objects.filter(parent=self)
        if not below.exists():
            return 0
        return 2 if Topic.objects.filter(parent__in=below).exists() else 1

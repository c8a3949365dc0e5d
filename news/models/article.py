"""News articles, announcements, press releases, features."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from localisation.languages import language_shown
from publishing.models import LinkRow, Publishable, PublishableQuerySet, Source


class RelatedItems(models.Model):
    """Initiatives, calls and projects that an article or event is about."""

    initiatives = models.ManyToManyField(
        "initiatives.Initiative",
        verbose_name=_("initiatives"),
        blank=True,
        related_name="%(class)ss",
    )
    calls = models.ManyToManyField(
        "calls.Call", verbose_name=_("calls"), blank=True, related_name="%(class)ss"
    )
    projects = models.ManyToManyField(
        "calls.Project", verbose_name=_("projects"), blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    def related_items(self):
        """Return the published initiatives, calls and projects, in this order.

        Expects the relations that `for_detail()` prefetches.
        """
        groups = (self.initiatives.all(), self.calls.all(), self.projects.all())
        return [item for group in groups for item in group if item.is_published]


class ArticleQuerySet(PublishableQuerySet):
    def latest_first(self):
        return self.order_by("-published_on", "-pk")

    def for_feed(self):
        return super().for_feed().prefetch_related("links")

    def for_detail(self):
        return (
            super()
            .for_detail()
            .prefetch_related("links", "initiatives", "calls__key_dates", "projects")
        )


class Article(RelatedItems, Publishable):
    search = Source(
        texts=("quote_speaker",),
        initiative="initiatives",
        dates=("published_on",),
        is_mentioned=False,
    )
    rows = ("links",)

    class Kind(models.TextChoices):
        NEWS = "news", pgettext_lazy("kind of article", "News")
        ANNOUNCEMENT = "announcement", _("Announcement")
        PRESS_RELEASE = "press-release", _("Press release")
        FEATURE = "feature", _("Feature")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.NEWS)
    published_on = models.DateField(
        _("date"), default=timezone.localdate, help_text=_("The date that readers see.")
    )
    quote = models.TextField(_("pull quote"), max_length=600, blank=True)
    quote_speaker = models.CharField(_("speaker"), max_length=120, blank=True)
    quote_function = models.CharField(_("speaker's function"), max_length=200, blank=True)
    background = models.TextField(
        _("background"),
        max_length=1500,
        blank=True,
        help_text=_(
            "Standard text about the initiative or the funder, shown below the article."
        ),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("news")
        indexes = [
            *Publishable.Meta.indexes,
            models.Index(fields=["state", "-published_on"], name="news_article_published_on"),
        ]

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])

    @property
    def quote_language(self):
        """Language code of the quote if it isn't the language of the page, else None."""
        shown = language_shown(self, "quote")
        return shown if shown != get_language() else None


class ArticleLink(LinkRow):
    article = models.ForeignKey(
        Article, verbose_name=_("article"), on_delete=models.CASCADE, related_name="links"
    )

    class Meta(LinkRow.Meta):
        verbose_name = _("further link")
        verbose_name_plural = _("further links")

"""Abstract base model of all published content."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from localisation.languages import (
    language_shown,
    localized,
    portal_languages,
    shown_text,
    text_in,
)
from page_cache.querysets import NotedModel, NotedQuerySet
from publishing.models.declarations import FeedFields, Source
from publishing.models.topic import Topic
from publishing.richtext import RichTextField
from publishing.states import State


class PublishableQuerySet(NotedQuerySet):
    def published(self):
        """Return what the public may see, the basis of pages, API, feeds and search."""
        return self.filter(state=State.PUBLISHED)

    def drafts(self):
        return self.filter(state=State.DRAFT)

    def about(self, topics):
        """Return the items on any of these topics or their narrower topics."""
        tagged = self.model._base_manager.filter(
            pk=OuterRef("pk"), topics__in=Topic.objects.within(topics)
        )
        return self.filter(Exists(tagged))

    def by_title(self):
        """Sort by title as shown in the active language, after fallback."""
        return self.order_by(shown_text("title"), "pk")

    def for_feed(self):
        """Include all that an entry of a feed shows."""
        return self.for_list()

    def for_list(self):
        """Fetch what a list row or card shows, in a constant number of queries."""
        return self.select_related("lead_image").prefetch_related("topics")

    def for_detail(self):
        """Fetch everything that the item's own page shows."""
        return self.for_list()


class Publishable(NotedModel):
    """Abstract base of content that staff write, publish and unpublish.

    An app declares its subclass with `website.declare`, which has defaults for list, page, feed
    and API; see docs/new-type.md. The contract suite covers all subclasses.
    """

    #: Search configuration of the type.
    search = Source()
    #: Fields used for feed entries.
    feed = FeedFields()

    #: Reverse relations whose rows are part of the item, and of its revisions.
    rows = ()

    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_(
            "Ideally under 80 characters. Shown at the top of the page, in lists and in "
            "e-mails."
        ),
    )
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        blank=True,
        help_text=_(
            "Last part of the page’s address. If left empty, it is created from the title."
        ),
    )
    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("Two or three sentences, shown in lists, e-mails and search engines."),
    )
    body = RichTextField(_("text"), blank=True)
    lead_image = models.ForeignKey(
        "media.Image",
        verbose_name=_("lead image"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("If left empty, the portal creates an image from the topic and title."),
    )
    topics = models.ManyToManyField("publishing.Topic", verbose_name=_("topics"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The person responsible for this content. Never shown to the public."),
    )
    review_on = models.DateField(
        _("check content by"),
        null=True,
        blank=True,
        help_text=_(
            "The date by which the owner should check that the content is still correct."
        ),
    )
    seo_title = models.CharField(
        _("title for search engines"),
        max_length=70,
        blank=True,
        help_text=_("Only if it should differ from the title. At most 70 characters."),
    )
    seo_description = models.CharField(
        _("description for search engines"),
        max_length=160,
        blank=True,
        help_text=_("Only if it should differ from the summary. At most 160 characters."),
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.DRAFT, editable=False
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, editable=False)
    last_published_at = models.DateTimeField(_("last published"), null=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "approve", "publish")
        indexes = [
            models.Index(
                fields=["state", "-last_published_at"], name="%(app_label)s_%(class)s_state"
            ),
            models.Index(fields=["-updated_at"], name="%(app_label)s_%(class)s_edited"),
        ]

    def __str__(self):
        return self.title or self.slug

    def clean(self):
        """Require a title in some language and fill in the slug. Raises ValidationError."""
        super().clean()
        titles = [text_in(self, "title", code) for code in portal_languages()]
        title = next(filter(None, titles), "")
        if not title:
            message = _("Enter a title in at least one language.")
            raise ValidationError({localized("title", portal_languages()[0]): message})
        self.slug = self.slug or self.free_slug(title)

    def free_slug(self, title):
        """Return an unused slug for the title."""
        base = slugify(title)[:110].strip("-") or self._meta.model_name
        others = type(self)._base_manager.exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
        numbers = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbers) if slug not in taken)

    def rows_saved(self):
        """Update computed values after all rows are saved; a hook."""

    def rows_loaded(self):
        """Update computed values when a snapshot is loaded, without saving; a hook."""

    @property
    def is_published(self):
        return self.state == State.PUBLISHED

    @property
    def languages(self):
        """Codes of the languages that this item is translated into."""
        return [code for code in portal_languages() if text_in(self, "title", code)]

    @property
    def language(self):
        """Code of the language in which the title is currently shown."""
        return language_shown(self, "title")

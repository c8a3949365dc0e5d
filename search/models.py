"""The search index: what `search` keeps of all that is public."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One item as readers of one language see it.

    The database keeps its own index of `terms`, made in the migration: the FTS5 table
    search_searchentry_fts with three triggers on SQLite, the generated column `vector`
    with the function search_searchentry_newest on PostgreSQL. A later migration that makes
    SQLite copy this table has to make the triggers anew.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    #: Language of the readers, and the one that the title is in.
    language = models.CharField(max_length=12)
    title_language = models.CharField(max_length=12)
    #: Codes of what the item is counted and filtered by; see `search.facets`.
    facets = models.TextField()
    dated_on = models.DateField(null=True)
    visible_from = models.DateTimeField(null=True)
    #: Something that the item names has changed: `search.jobs` writes it anew.
    is_stale = models.BooleanField(default=False)
    title = models.TextField()
    summary = models.TextField()
    text = models.TextField()
    terms = models.TextField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language"],
                name="search_searchentry_is_unique",
            )
        ]
        indexes = [
            models.Index(
                fields=["is_stale"],
                name="search_searchentry_stale",
                condition=models.Q(is_stale=True),
            )
        ]

    def __str__(self):
        return self.title


class SearchWord(models.Model):
    """A word that occurs in texts of a language: for beginnings of words and mistyped ones.

    Words may stay when their texts go: what is made of them is looked for in the index.
    """

    word = models.CharField(max_length=40)
    language = models.CharField(max_length=12)
    backwards = models.CharField(max_length=40, db_index=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["word", "language"], name="search_searchword_is_unique"
            )
        ]

    def __str__(self):
        return self.word


class DocumentText(models.Model):
    """The words of a document's newest file, or why they can't be read."""

    class Problem(models.TextChoices):
        ENCRYPTED = "encrypted", _("The file is protected by a password.")
        BROKEN = "broken", _("The file is broken, or of another kind than its name says.")
        TOO_MUCH = "too-much", _("Reading the file takes too long or too much memory.")
        EMPTY = "empty", _("There is no text in the file, only pictures of it perhaps.")

    version = models.OneToOneField(
        "media.DocumentVersion", on_delete=models.CASCADE, related_name="extracted"
    )
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=12, choices=Problem.choices, blank=True)
    #: When a worker took it up; another one does after a while when nothing came of it.
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.version)

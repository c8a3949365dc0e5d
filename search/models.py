"""Search index of all public content."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """One item as shown in one language.

    The database has a full-text index of `terms`, created in the migration: on SQLite, the FTS5
    table search_searchentry_fts with three triggers; on PostgreSQL, the generated column
    `vector` with the function search_searchentry_newest. A migration for which SQLite
    copies this table must recreate the triggers.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    #: Reader's language, and the language of the title.
    language = models.CharField(max_length=12)
    title_language = models.CharField(max_length=12)
    #: Facet codes; see `search.facets`.
    facets = models.TextField()
    dated_on = models.DateField(null=True)
    visible_from = models.DateTimeField(null=True)
    #: A referenced object has changed; `search.jobs` will reindex the entry.
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
    """A word of the indexed texts in a language, for prefix and fuzzy matching.

    Words may outlive the texts they occurred in; the index decides what is found.
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
    """Extracted text of a document's newest file, or the reason it cannot be read."""

    class Problem(models.TextChoices):
        ENCRYPTED = "encrypted", _("The file is protected by a password.")
        BROKEN = "broken", _("The file is damaged, or its extension is wrong.")
        TOO_MUCH = "too-much", _("Reading the file takes too long or too much memory.")
        EMPTY = "empty", _("The file contains no text, perhaps only images of text.")

    version = models.OneToOneField(
        "media.DocumentVersion", on_delete=models.CASCADE, related_name="extracted"
    )
    text = models.TextField(blank=True)
    problem = models.CharField(max_length=12, choices=Problem.choices, blank=True)
    #: Start of extraction, used as a lease: another worker retries after a timeout.
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.version)

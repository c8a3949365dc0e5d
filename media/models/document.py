"""Documents: a title at a stable URL, with versioned files."""

from django.core.files.storage import storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localisation import clock
from localisation.fields import LanguageField
from publishing.models import Source

EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip"]


def document_storage():
    return storages["documents"]


class DocumentQuerySet(models.QuerySet):
    def published(self):
        return self.filter(available_at__lte=clock.now())

    def for_list(self):
        return self.prefetch_related("versions")


class Document(models.Model):
    search = Source(
        summary="", dates=("available_at",), order=("-pk",), is_mentioned=False, weight=0.9
    )

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("Last part of the address, which stays the same for every version."),
    )
    language = LanguageField(help_text=_("The language that the document is written in."))
    available_at = models.DateTimeField(
        _("available from"),
        default=timezone.now,
        help_text=_("Before this time, only staff can open it."),
    )
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-updated_at", "-pk"]

    def __str__(self):
        return self.title or self.slug

    def get_absolute_url(self):
        return reverse("document", args=[self.slug])

    @property
    def is_available(self):
        return self.available_at <= clock.now()

    @property
    def current(self):
        """Newest version, or None. Expects prefetched versions."""
        return max(self.versions.all(), key=lambda version: version.number, default=None)


class Documented(models.Model):
    """Mixin for models with a many-to-many field `documents`."""

    class Meta:
        abstract = True

    def available_documents(self):
        """Return the documents that are publicly available. Expects prefetched documents."""
        return [document for document in self.documents.all() if document.is_available]


class DocumentVersion(models.Model):
    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"), editable=False)
    file = models.FileField(
        _("file"),
        storage=document_storage,
        upload_to="%Y/%m",
        validators=[FileExtensionValidator(EXTENSIONS)],
    )
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    note = models.CharField(
        _("what changed"), max_length=200, blank=True, help_text=_("Readers see this note.")
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="media_document_version_number_is_unique",
            )
        ]

    def __str__(self):
        return f"{self.document} – {self.number}"

    def save(self, *args, **kwargs):
        if self.number is None:
            newest = DocumentVersion.objects.filter(document=self.document_id)
            self.number = (newest.aggregate(n=models.Max("number"))["n"] or 0) + 1
        self.size = self.file.size
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("document-version", args=[self.document.slug, self.number])

    @property
    def download_name(self):
        return f"{self.document.slug}-v{self.number}.{self.extension.lower()}"

    @property
    def extension(self):
        """File type in upper case: "PDF", "XLSX"."""
        return self.file.name.rsplit(".", 1)[-1].upper()

"""Documents in the admin."""

from django.contrib import admin
from django.db import models
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from backoffice.base import TranslatedAdmin
from backoffice.forms import TranslatedRowInline
from media.models import Document, DocumentVersion
from media.uploads import DocumentField
from search.models import DocumentText


class NewVersionInline(TranslatedRowInline):
    """Row that adds a version. Those that exist are citable: shown, and never changed."""

    model = DocumentVersion
    fields = ["file", "note"]
    verbose_name = _("new version")
    verbose_name_plural = _("New version")
    formfield_overrides = {
        **TranslatedRowInline.formfield_overrides,
        models.FileField: {"form_class": DocumentField},
    }
    is_leading = True
    max_num = 1

    def get_queryset(self, request):
        return super().get_queryset(request).none()

    def get_min_num(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=obj is None, **kwargs)


@admin.register(Document)
class DocumentAdmin(TranslatedAdmin):
    """Documents and their versions."""

    menu_order = 54
    slug_source = "title"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "title",
                    ("language", "available_at"),
                    "slug",
                    "existing_versions",
                    "in_search",
                ]
            },
        )
    ]
    readonly_fields = ["existing_versions", "in_search"]
    inlines = [NewVersionInline]
    list_display = ["title", "newest", "language", "available_at", "updated_at"]
    list_filter = ["available_at"]
    search_fields = ["title", "slug"]
    ordering = ["-updated_at"]
    sortable_by = ["available_at", "updated_at"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("versions")

    @admin.display(description=_("versions"))
    def existing_versions(self, document):
        if not document.pk:
            return _("None yet: add the file below.")
        return render_to_string("admin/includes/versions.html", {"document": document})

    @admin.display(description=_("in search results"))
    def in_search(self, document):
        """Return whether readers find it by the text in its newest file, or why not."""
        current = document.current if document.pk else None
        extracted = DocumentText.objects.filter(version=current).first() if current else None
        if extracted is None:
            return _("Not yet: no published item shows this document.")
        if extracted.finished_at is None:
            return _("The text of the file is being read.")
        if extracted.problem:
            return extracted.get_problem_display()
        if not extracted.text:
            return _(
                "Found by its title only: the portal cannot read the text of this kind of file."
            )
        return _("Found by its title and the text of its file.")

    @admin.display(description=_("newest version"))
    def newest(self, document):
        version = document.current
        return f"{version.number} – {version.extension}" if version else _("none")

    def choice_note(self, item):
        return item.get_language_display()

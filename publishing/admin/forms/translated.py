"""Texts in several languages, in forms."""

from django.conf import settings
from django.utils.text import capfirst
from modeltranslation.admin import TranslationBaseModelAdmin

from publishing.admin.forms.controls import FormControls
from publishing.languages import localized, portal_languages


class TranslatedForms(FormControls, TranslationBaseModelAdmin):
    """Mixin for admins of translated models: a control a language of the portal, each marked
    with its language, none of them required alone."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        original = getattr(db_field, "translated_field", None)
        if field and original is not None:
            field.required = False
            field.label = capfirst(original.verbose_name)
            field.help_text = self.help_texts.get(original.name, original.help_text)
            field.translated_name = original.name
            field.is_required_in_one_language = not original.blank
            field.language = db_field.language
            field.language_name = dict(settings.LANGUAGES)[db_field.language]
            field.widget.attrs["lang"] = db_field.language
        return field

    def replace_orig_field(self, option):
        """Names of fields, with a translated one's name replaced by one a language."""
        replaced = []
        for name in option or ():
            if isinstance(name, (list, tuple)):
                replaced.append(tuple(self.replace_orig_field(name)))
            elif name in self.trans_opts.all_fields:
                replaced += [localized(name, code) for code in portal_languages()]
            else:
                replaced.append(name)
        return replaced

    def _patch_fieldsets(self, fieldsets):
        """Unlike the library's own, leaves the fieldsets of the class as they are."""
        return [
            (name, {**options, "fields": self.replace_orig_field(options["fields"])})
            for name, options in fieldsets
        ]

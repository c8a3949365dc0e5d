"""What the scripts of Django's admin and of the rich-text editor say."""

from django.utils import translation
from django.utils.translation import gettext_noop
from django.views.i18n import JavaScriptCatalog

#: What the editor's tools say that we offer. The library knows it in some languages only.
EDITOR_TEXTS = (
    gettext_noop("Edit Link"),
    gettext_noop("URL"),
    gettext_noop("Title"),
    gettext_noop("Insert"),
    gettext_noop("Update"),
    gettext_noop("Cancel"),
    gettext_noop("List properties"),
    gettext_noop("List type"),
    gettext_noop("Start at"),
    gettext_noop("Bullets"),
    gettext_noop("Decimal numbers"),
    gettext_noop("Lowercase letters"),
    gettext_noop("Uppercase letters"),
    gettext_noop("Lowercase Roman numerals"),
    gettext_noop("Uppercase Roman numerals"),
    gettext_noop("Insert Table"),
    gettext_noop("Table Properties"),
    gettext_noop("Rows"),
    gettext_noop("Columns"),
    gettext_noop("Include header row"),
)


class ScriptCatalog(JavaScriptCatalog):
    packages = ["django.contrib.admin", "django_prose_editor"]

    def get_catalog(self):
        own = {text: translation.gettext(text) for text in EDITOR_TEXTS}
        return own | super().get_catalog()

"""Translations for the scripts of Django's admin and of the rich-text editor."""

from django.utils import translation
from django.utils.translation import gettext_noop
from django.views.i18n import JavaScriptCatalog

#: Texts of the editor's tools that the portal offers. The library translates its dialogs into
#: some languages only, and its button names (lower case here) into none: `rich_text.js`
#: inserts those.
EDITOR_TEXTS = (
    gettext_noop("paragraph"),
    gettext_noop("heading 2"),
    gettext_noop("heading 3"),
    gettext_noop("heading 4"),
    gettext_noop("unordered list"),
    gettext_noop("ordered list"),
    gettext_noop("blockquote"),
    gettext_noop("horizontal rule"),
    gettext_noop("bold"),
    gettext_noop("italic"),
    gettext_noop("subscript"),
    gettext_noop("superscript"),
    gettext_noop("insert link"),
    gettext_noop("remove link"),
    gettext_noop("insert table"),
    gettext_noop("add column"),
    gettext_noop("delete column"),
    gettext_noop("add row"),
    gettext_noop("delete row"),
    gettext_noop("merge cells"),
    gettext_noop("split cell"),
    gettext_noop("toggle header cell"),
    gettext_noop("delete table"),
    gettext_noop("undo"),
    gettext_noop("redo"),
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
        editor_texts = {text: translation.gettext(text) for text in EDITOR_TEXTS}
        return editor_texts | super().get_catalog()

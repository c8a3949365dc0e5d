"""Every string of the interface is translated into every language of the interface."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

from tests.test_architecture import APPS

LANGUAGES = [code for code in settings.INTERFACE_LANGUAGES if code != "en"]
#: Positions of (context, singular, plural) among the arguments, by function.
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL = re.compile(r"\b(gettext|ngettext|pgettext|npgettext|_)\(")


def source_messages():
    """Yield (place, context, singular, plural) of every string that the sources mark."""
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield from python_messages(path, path.read_text())
    folders = [Path(settings.BASE_DIR, "templates")]
    folders += [Path(settings.BASE_DIR, app, "templates") for app in APPS]
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield from template_messages(path)


def python_messages(path, source):
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "id", None) if isinstance(node, ast.Call) else None
        if name in FUNCTIONS:
            yield path.name, *texts_of(node, FUNCTIONS[name])


def texts_of(call, positions):
    found = [None if at is None else call.args[at] for at in positions]
    return [node and ast.literal_eval(node) for node in found]


def template_messages(path):
    """Yield the messages of a template.

    Django turns a template into code that calls gettext, and these calls are parsed.
    """
    source = templatize(path.read_text(), origin=str(path))
    for match in CALL.finditer(source):
        end = source.index(")", match.start())
        while True:
            try:
                call = ast.parse(source[match.start() : end + 1]).body[0].value
                break
            except SyntaxError:
                end = source.index(")", end + 1)
        call.args = [argument for argument in call.args if isinstance(argument, ast.Constant)]
        yield path.name, *texts_of(call, FUNCTIONS[match[1]])


@pytest.fixture(params=LANGUAGES)
def catalog(request):
    path = Path(settings.BASE_DIR, "locale", request.param, "LC_MESSAGES", "django.po")
    with path.open("rb") as file:
        return read_po(file, locale=request.param)


def test_sources_mark_strings():
    messages = list(source_messages())
    assert len(messages) > 300
    assert any(plural for _place, _context, _singular, plural in messages)


def test_every_string_is_translated(catalog):
    missing = []
    for place, context, singular, plural in source_messages():
        message = catalog.get(singular, context)
        texts = message.string if message and plural else [message.string if message else ""]
        if message is None or message.fuzzy or not all(texts):
            missing.append(f"{place}: {singular!r}")
    assert not missing


def test_translations_keep_the_placeholders(catalog):
    wrong = {
        str(message.id): [str(error) for error in errors] for message, errors in catalog.check()
    }
    assert not wrong


def test_no_translation_is_left_over(catalog):
    used = {(context, singular) for _place, context, singular, _plural in source_messages()}
    ids = {(m.context, m.id[0] if isinstance(m.id, tuple) else m.id) for m in catalog if m.id}
    assert not ids - used

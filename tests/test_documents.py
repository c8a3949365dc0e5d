"""Documents: what they name exists, and the commands in them can be run.

Names are looked for in code: `inline`, in fences, or in indented blocks.
"""

import re
import shlex
import tomllib
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands, load_command_class
from django.urls import resolve

from portal.config import VARIABLES
from tests import app_graph

BASE = Path(settings.BASE_DIR)
DOCUMENTS = [*sorted(BASE.glob("*.md")), *sorted(BASE.glob("docs/**/*.md"))]
#: Names files and modules of a type that does not exist.
RECIPE = "docs/new-type.md"

FENCE = re.compile(r"^```\w*\n(.*?)^```$", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"(?<=\n\n)((?: {4}\S.*\n)+)")
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
SECTION = re.compile(r"^## \[(.+?)\](?: - (\S+))?$", re.MULTILINE)
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)

MAKE = re.compile(r"\bmake ([a-z]+)\b")
MANAGE = re.compile(r"manage\.py (\w+)([^|&;]*)")
RUN_MODULE = re.compile(r"python -m ([\w.]+)")
SETTING = re.compile(r"[A-Z][A-Z_]{2,}")
ASSIGNED = re.compile(r"\b([A-Z][A-Z_]+)=")
ENVIRON = re.compile(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"")
DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
ADDRESS = re.compile(r"/[a-z][\w./-]*")
PATH = re.compile(r"[\w.-]+(/[\w.-]+)*/?")
#: Suffixes by which a name without a folder is taken for a file of the project.
SUFFIXES = {".in", ".md", ".py", ".toml", ".txt"}
#: Suffixes of other files, which are no names in Python.
OTHER_SUFFIXES = {".html", ".sqlite3", ".svg", ".webp"}
#: Created by the portal or its set-up.
CREATED = (".venv", "var", "DATA_DIR", ".env", "node_modules")
#: Commands in the documents that neither wait for anything nor change what is public.
ENDING = [
    "check",
    "check --deploy",
    "check_links",
    "check_links --external",
    "demo --remove-scaled",
    "index_links",
    "rebuild_search",
    "run_jobs --once",
]
#: A placeholder, and a misspelt setting as an example.
NO_SETTINGS = {"NAME", "DATABASE_URI"}


def name_of(path):
    return path.relative_to(BASE).as_posix()


each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
#: Released sections of the changelog name what existed then.
each_current_document = pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if path.name != "CHANGELOG.md"], ids=name_of
)


def snippets(path):
    """Return the lines of code blocks and the inline code of a document."""
    text = path.read_text()
    fences = FENCE.findall(text)
    rest = FENCE.sub("", text)
    blocks = BLOCK.findall(rest)
    lines = [line.strip() for block in fences + blocks for line in block.splitlines()]
    return lines + INLINE.findall(BLOCK.sub("", rest))


def words(path):
    """Return the words of all snippets, and the values of assignments."""
    return {
        word.rstrip(",") for code in snippets(path) for word in re.split(r"[\s\"'=|()]+", code)
    }


@each_document
def test_targets_of_make_exist(path):
    targets = set(TARGET.findall((BASE / "Makefile").read_text()))
    named = {target for code in snippets(path) for target in MAKE.findall(code)}
    assert named <= targets


@each_document
def test_commands_of_manage_py_can_be_parsed(path):
    for code in snippets(path):
        for name, options in MANAGE.findall(code):
            command = load_command_class(get_commands()[name], name)
            parser = command.create_parser("manage.py", name)
            assert parser.parse_args(shlex.split(options))


@pytest.mark.django_db
@pytest.mark.parametrize("line", ENDING)
def test_commands_that_end_by_themselves_run(line):
    name, *options = line.split()
    assert any(f"manage.py {line}" in code for path in DOCUMENTS for code in snippets(path))
    call_command(name, *options, stdout=StringIO(), stderr=StringIO())


@each_document
def test_modules_to_run_exist(path):
    for code in snippets(path):
        for module in RUN_MODULE.findall(code):
            assert find_spec(module), module


@each_current_document
def test_paths_exist(path):
    if name_of(path) == RECIPE:
        pytest.skip("names files that a reader will create")
    missing = {word for word in words(path) if is_path(word) and not (BASE / word).exists()}
    assert not missing


def is_path(word):
    if not PATH.fullmatch(word) or word.split("/")[0] in CREATED:
        return False
    is_below = "/" in word.rstrip("/") and (BASE / word.split("/")[0]).is_dir()
    return is_below or word.endswith("/") or Path(word).suffix in SUFFIXES


@each_current_document
def test_settings_exist(path):
    known = {item.name for item in VARIABLES} | {item.default for item in VARIABLES}
    known |= NO_SETTINGS | variables_of_make_and_tests()
    named = {code for code in snippets(path) if SETTING.fullmatch(code)}
    named |= {name for code in snippets(path) for name in ASSIGNED.findall(code)}
    assert not {name for name in named - known if not hasattr(settings, name)}


def variables_of_make_and_tests():
    of_tests = {
        name
        for file in BASE.glob("tests/**/*.py")
        for name in ENVIRON.findall(file.read_text())
    }
    return of_tests | set(re.findall(r"\$\(([A-Z]+)\)", (BASE / "Makefile").read_text()))


@each_current_document
def test_addresses_lead_to_a_view(path):
    served_as_files = {settings.STATIC_URL, settings.MEDIA_URL}
    for address in {code for code in snippets(path) if ADDRESS.fullmatch(code)}:
        assert address in served_as_files or resolve(address)


@each_current_document
def test_dotted_names_can_be_imported(path):
    if name_of(path) == RECIPE:
        pytest.skip("names modules that a reader will create")
    codes = {code.removesuffix("()") for code in snippets(path)}
    names = {code for code in codes if DOTTED.fullmatch(code) and not is_file(code)}
    assert not {name for name in names if not resolved(name)}


def is_file(code):
    return is_path(code) or Path(code).suffix in OTHER_SUFFIXES


def resolved(name):
    """Return whether a dotted name is a module, an object in one, or a part of a model."""
    first, *rest = name.split(".")
    models = {model.__name__: model for model in apps.get_models()}
    if first in models:
        return has_parts(models[first], rest)
    if not find_spec(first):
        return False
    found = import_module(first)
    for number, _part in enumerate(rest):
        module = ".".join([first, *rest[: number + 1]])
        if hasattr(found, "__path__") and find_spec(module):
            found = import_module(module)
        else:
            return has_parts(found, rest[number:])
    return True


def has_parts(found, names):
    for name in names:
        if not hasattr(found, name):
            return False
        found = getattr(found, name)
    return True


@each_document
def test_links_lead_somewhere(path):
    wrong = []
    for link in LINK.findall(FENCE.sub("", path.read_text())):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file, _hash, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or anchor and anchor not in anchors(target):
            wrong.append(link)
    assert not wrong


def anchors(path):
    """Return the anchors of a document's headings, as code hosts make them."""
    headings = HEADING.findall(FENCE.sub("", path.read_text()))
    return {
        re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-")
        for heading in headings
    }


def test_every_document_is_linked_from_the_readme():
    reached, waiting = set(), [BASE / "README.md"]
    while waiting:
        path = waiting.pop()
        if path in reached or path.suffix != ".md" or not path.exists():
            continue
        reached.add(path)
        links = [link.partition("#")[0] for link in LINK.findall(path.read_text())]
        waiting += [(path.parent / link).resolve() for link in links if "://" not in link]
    assert set(DOCUMENTS) <= reached


def test_the_readme_is_short():
    assert len((BASE / "README.md").read_text().splitlines()) <= 120


def test_the_picture_of_the_apps_is_current():
    text = app_graph.DOCUMENT.read_text()
    assert app_graph.picture() in text, "run: .venv/bin/python -m tests.app_graph"


def test_the_newest_section_of_the_changelog_has_the_version_of_the_project():
    project = tomllib.loads((BASE / "pyproject.toml").read_text())["project"]
    titles = re.findall(
        r"^## \[(.+?)\](?: - (\S+))?$", (BASE / "CHANGELOG.md").read_text(), re.M
    )
    assert titles[0] == ("Unreleased", "")
    assert titles[1][0] == project["version"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", day) for _version, day in titles[1:])

"""Layout of the code: layers, packages, and the size of both.

An app imports only from apps below it in APPS. Within an app, packages (and modules beside
them) form no circle, and others import a package's public names from its `__init__`, never
from its modules; the modules that Django or a URLconf look for by name are exempt.
"""

import ast
import tomllib
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from django.conf import settings

#: The lowest first.
APPS = [
    "page_cache",
    "localisation",
    "publishing",
    "media",
    "search",
    "lists",
    "syndication",
    "website",
    "backoffice",
    "accounts",
    "pages",
    "initiatives",
    "calls",
    "news",
    "newsletter",
    "portal",
]
BASE = Path(settings.BASE_DIR)
#: Sections that are not listed above, such as one made by the recipe of docs/new-type.md.
NEW = sorted({path.parent.name for path in BASE.glob("*/content.py")} - {*APPS})
APPS[-2:-2] = NEW
#: Modules that are found by their name, and so are public beside a package's `__init__`.
FOUND_BY_NAME = {"admin", "api", "apps", "checks", "feed", "handler", "jobs", "middleware"}
FOUND_BY_NAME |= {"management", "migrations", "templatetags", "translation", "urls", "views"}
#: Where the files of a folder are no modules to choose from, or are named by Django.
NOT_COUNTED = {"migrations", "commands", "__init__.py"}


def sources():
    """{dotted name: path} of the product's modules, without migrations."""
    found = {}
    for app in APPS:
        for path in sorted((BASE / app).rglob("*.py")):
            if "migrations" not in path.parts:
                parts = path.relative_to(BASE).with_suffix("").parts
                parts = parts[:-1] if parts[-1] == "__init__" else parts
                found[".".join(parts)] = path
    return found


SOURCES = sources()
PACKAGES = {name for name, path in SOURCES.items() if path.name == "__init__.py"}


@cache
def imports(path):
    """Return (module, name) of all that a file imports from the project.

    `name` is None for `import module`.
    """
    return list(_imports(path))


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if (node.module or "").split(".")[0] in APPS:
                yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            yield from ((name, None) for name in names if name.split(".")[0] in APPS)


def imported_module(module, name):
    """The module that `from module import name` reads."""
    return f"{module}.{name}" if f"{module}.{name}" in SOURCES else module


def room(module):
    """A module's place at package depth: "calls.status" for calls.status.rules."""
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("app", APPS)
def test_app_imports_nothing_from_an_app_above_it(app):
    below = set(APPS[: APPS.index(app) + 1])
    assert (BASE / app).is_dir()
    wrong = {
        (name, module)
        for name, path in SOURCES.items()
        if name.split(".")[0] == app
        for module, _name in imports(path)
        if module.split(".")[0] not in below
    }
    assert not wrong


@pytest.mark.parametrize("app", APPS)
def test_packages_of_an_app_form_no_circle(app):
    graph, reasons = defaultdict(set), {}
    for name, path in SOURCES.items():
        for module, imported in imports(path):
            target = room(imported_module(module, imported))
            is_inside = name.startswith(f"{app}.") and target.startswith(f"{app}.")
            if is_inside and target != room(name):
                graph[room(name)].add(target)
                reasons[room(name), target] = f"{name} imports {module}.{imported}"
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        rooms = circle.args[1]
        steps = [reasons.get((b, a)) for a, b in zip(rooms, rooms[1:], strict=False)]
        pytest.fail("\n".join(["A circle of packages:", *map(str, steps)]))


def test_nobody_imports_the_inside_of_a_package():
    wrong = []
    for name, path in SOURCES.items():
        for module, imported in imports(path):
            target = imported_module(module, imported)
            package = next(
                (p for p in (room(target), room(module)) if p in PACKAGES and "." in p), None
            )
            is_outside = package and not f"{name}.".startswith(f"{package}.")
            if not is_outside or package in (module, target):
                continue
            if FOUND_BY_NAME.isdisjoint(target.split(".")):
                wrong.append(f"{name} imports {module}.{imported}")
    assert not wrong


def test_what_others_import_from_a_package_is_public():
    wrong = []
    for name, path in SOURCES.items():
        for module, imported in imports(path):
            is_face = module in PACKAGES and "." in module
            if not is_face or f"{name}.".startswith(f"{module}."):
                continue
            if imported not in public_names(module) | FOUND_BY_NAME:
                wrong.append(f"{name} imports {imported}, which {module} does not list")
    assert not wrong


def public_names(package):
    """The names in a package's `__all__`."""
    for node in ast.parse(SOURCES[package].read_text()).body:
        if isinstance(node, ast.Assign) and node.targets[0].id == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def test_no_app_holds_more_than_a_quarter_of_the_code():
    lines = dict.fromkeys(APPS, 0)
    for name, path in SOURCES.items():
        lines[name.split(".")[0]] += len(path.read_text().splitlines())
    limit = sum(lines.values()) / 4
    assert not {app: count for app, count in lines.items() if count > limit}


def test_no_folder_shows_more_than_about_fifteen_modules():
    counts = defaultdict(int)
    for path in SOURCES.values():
        if NOT_COUNTED.isdisjoint({path.name, path.parent.name}):
            counts[str(path.parent.relative_to(BASE))] += 1
    assert not {folder: count for folder, count in counts.items() if count > 17}


def test_modules_are_small():
    lengths = {name: len(path.read_text().splitlines()) for name, path in SOURCES.items()}
    assert not {name: length for name, length in lengths.items() if length > 300}


def test_tools_know_every_app():
    tools = tomllib.loads((BASE / "pyproject.toml").read_text())["tool"]
    assert tools["coverage"]["run"]["source"] == sorted(APPS)
    assert tools["mutmut"]["source_paths"] == sorted(APPS)


def test_no_app_has_a_drawer_for_everything():
    names = {"core", "common", "utils", "helpers", "services"}
    assert not [name for name in SOURCES if names & set(name.split("."))]

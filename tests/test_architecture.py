"""Layering: an app imports nothing from the apps to its right in CHAIN."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

CHAIN = ["publishing", "pages", "initiatives", "calls", "news", "newsletter", "portal"]


def imported_apps(path):
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        yield from (name.split(".")[0] for name in names)


@pytest.mark.parametrize("app", CHAIN)
def test_app_imports_nothing_from_its_right(app):
    allowed = set(CHAIN[: CHAIN.index(app) + 1])
    files = sorted(Path(settings.BASE_DIR, app).rglob("*.py"))
    assert files
    wrong = {
        str(path.relative_to(settings.BASE_DIR)): sorted(set(CHAIN) & found - allowed)
        for path in files
        if (found := set(imported_apps(path))) & set(CHAIN) - allowed
    }
    assert not wrong


def test_no_app_has_a_drawer_for_everything():
    names = {"core", "common", "utils", "helpers", "services"}
    files = [p for app in CHAIN for p in Path(settings.BASE_DIR, app).rglob("*.py")]
    assert not [path for path in files if path.stem in names]

"""Each test asserts an outcome, and more than that a page responded with 200."""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

from django.conf import settings

#: Calls that fail a test by themselves: of pytest, pytest-django and playwright.
ASSERTING = {"raises", "fail", "expect"}
ASSERTING |= {"django_assert_num_queries", "django_assert_max_num_queries"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def trees():
    """Return {path within tests/: syntax tree}."""
    folder = settings.BASE_DIR / "tests"
    paths = sorted(folder.rglob("*.py"))
    return {path.relative_to(folder): ast.parse(path.read_text()) for path in paths}


@cache
def functions():
    return [
        (path, node)
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    ]


def collected():
    return [
        (path, node)
        for path, node in functions()
        if path.name.startswith("test_") and node.name.startswith("test_")
    ]


def called_names(node):
    """Return the names of the functions and methods that a function calls."""
    calls = [part.func for part in ast.walk(node) if isinstance(part, ast.Call)]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    return names | {call.attr for call in calls if isinstance(call, ast.Attribute)}


def used_names(node):
    """Return the names of called functions and of fixtures."""
    arguments = {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}
    return called_names(node) | arguments


@cache
def visible(path):
    """Return {name: paths of the files whose functions of this name a file may use}."""
    found = defaultdict(set)
    for other, node in functions():
        is_conftest = other.name == "conftest.py" and other.parent in path.parents
        if other == path or is_conftest or node in methods():
            found[node.name].add(other)
    for part in ast.walk(trees()[path]):
        if isinstance(part, ast.ImportFrom) and (part.module or "").startswith("tests."):
            for alias in part.names:
                module = Path(*part.module.split(".")[1:]).with_suffix(".py")
                found[alias.asname or alias.name].add(module)
    return found


@cache
def methods():
    classes = [
        node
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    return {part for node in classes for part in node.body if isinstance(part, FUNCTIONS)}


def asserts(node):
    """Return the assertions written in a function."""
    return [part for part in ast.walk(node) if isinstance(part, ast.Assert)]


def checks_itself(node):
    raised = [part for part in ast.walk(node) if isinstance(part, ast.Raise)]
    return bool(asserts(node) or raised or called_names(node) & ASSERTING)


def is_status_200(node):
    """Return whether an assertion is `response.status_code == 200`, and no more."""
    test = node.test
    return (
        isinstance(test, ast.Compare)
        and len(test.ops) == 1
        and isinstance(test.ops[0], ast.Eq)
        and getattr(test.left, "attr", None) in ("status_code", "status")
        and getattr(test.comparators[0], "value", None) == 200
    )


def asserting_functions(is_enough):
    """Return (path, name) of functions that assert, themselves or in what they use."""
    found = {(path, node.name) for path, node in functions() if is_enough(node)}
    known = None
    while known != found:
        known = set(found)
        found |= {(path, node.name) for path, node in functions() if uses(path, node, known)}
    return found


def uses(path, node, asserting):
    """Return whether a function uses one of those that assert."""
    files = visible(path)
    return any((file, name) in asserting for name in used_names(node) for file in files[name])


def without_outcome(is_enough):
    found = asserting_functions(is_enough)
    return [
        f"{path}:{node.lineno}" for path, node in collected() if (path, node.name) not in found
    ]


def test_every_test_asserts_an_outcome():
    assert without_outcome(checks_itself) == []


def test_no_test_asserts_only_that_a_page_responds():
    def is_enough(node):
        beyond = [one for one in asserts(node) if not is_status_200(one)]
        return bool(beyond or called_names(node) & ASSERTING) or (
            not asserts(node) and checks_itself(node)
        )

    assert without_outcome(is_enough) == []

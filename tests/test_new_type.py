"""The recipe of docs/new-type.md, followed in a copy of the project."""

import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

RECIPE = (settings.BASE_DIR / "docs" / "new-type.md").read_text()
FILE = re.compile(r"^```python\n# (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONTRACT = ["tests/website/test_declarations.py", "tests/website/test_contract.py"]
LEFT_BEHIND = (".venv", ".git", "var", "node_modules", "__pycache__", ".hypothesis")


def files():
    """Return {path: content} of the files in the recipe."""
    return {path: content.strip() + "\n" for path, content in FILE.findall(RECIPE)}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project with the type that the recipe adds."""
    copy = tmp_path_factory.mktemp("project") / "copy"
    shutil.copytree(settings.BASE_DIR, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    (copy / "reports").mkdir()
    (copy / "reports" / "__init__.py").touch()
    for path, content in files().items():
        (copy / path).write_text(content)
    replace(copy / "portal" / "settings.py", '    "pages",\n', '    "reports",\n    "pages",\n')
    run(copy, "manage.py", "makemigrations", "reports")
    return copy


def replace(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


def run(folder, *arguments, is_checked=True):
    """Run a command of the project's Python in a folder and return its output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert not is_checked or done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def contract(folder, *paths, is_checked=True):
    options = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "Report", "-x")
    return run(folder, *options, *paths, is_checked=is_checked)


def test_recipe_is_short():
    lines = [line for content in files().values() for line in content.splitlines()]
    assert len([line for line in lines if line.strip()]) <= 60
    assert len(files()) + len(["reports/__init__.py", "portal/settings.py"]) <= 6


def test_type_of_the_recipe_fulfils_the_contract(project):
    output = contract(project, *CONTRACT)
    assert re.search(r"\b\d{2} passed", output), output


@pytest.mark.parametrize(
    ("path", "part", "complaint"),
    [
        ("content.py", r"^declare\(.*\n", "Report is not declared: declare it in reports/"),
        ("content.py", r', fields=\["pages", "doi"\]', "in the API lacks ['doi', 'pages']"),
        ("admin.py", r"^@admin.register\(Report\)\n", "Report has no admin: register one"),
        (
            "translation.py",
            r"^@register\(Report\)\n",
            '"Report" is not registered for',
        ),
    ],
)
def test_contract_names_the_part_that_is_missing(project, path, part, complaint):
    file = project / "reports" / path
    whole = file.read_text()
    try:
        reduced, count = re.subn(part, "", whole, flags=re.MULTILINE)
        assert count == 1
        file.write_text(reduced)
        output = contract(project, CONTRACT[0], is_checked=False)
    finally:
        file.write_text(whole)
    assert complaint in output, output


#: Options that take a type away from a place -> what the contract says of each.
TAKEN_AWAY = {
    "viewset=None": "Report is missing in the API",
    "in_navigation=False": "Report is missing in the navigation",
    "has_feed=False": "Report has no feed",
    "topic_items=None": "Report is missing on topic pages",
    "newsletter_order=None": "Report cannot be in a newsletter",
    "has_alerts=False": "Report has no alerts",
    "has_subscriptions=False": "Nobody can subscribe to Report",
    'role="reference"': "Author may not add Report",
}


def test_contract_names_each_place_that_a_declaration_leaves_out(project):
    file = project / "reports" / "content.py"
    whole = file.read_text()
    try:
        replace(file, 'fields=["pages", "doi"]', ", ".join(TAKEN_AWAY))
        options = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "Report")
        output = run(project, *options, CONTRACT[0], is_checked=False)
    finally:
        file.write_text(whole)
    assert [text for text in TAKEN_AWAY.values() if text not in output] == [], output

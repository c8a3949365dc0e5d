"""Tests of every type of public page in three widths, light and dark.

Each fits its width, causes no errors and has no accessibility violations.
"""

from pathlib import Path

import pytest

from tests.browser.addresses import ERRORS, PUBLIC
from tests.browser.axe import ALL, COLOURS, violations

LAYOUT = Path(__file__).with_name("layout.js").read_text()
#: Width and scheme -> accessibility rules that are checked: most rules once, rules on colours
#: once per scheme.
VIEWS = {
    (1280, "light"): ALL,
    (1280, "dark"): None,
    (768, "dark"): None,
    (768, "light"): None,
    (375, "light"): None,
    (375, "dark"): COLOURS,
}


def flaws(page, axe):
    """Return {layout flaw or accessibility violation: widths and schemes that have it}."""
    found = {}
    for (width, scheme), rules in VIEWS.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for flaw in page.evaluate(LAYOUT) + (violations(page, axe, rules) if rules else []):
            found.setdefault(flaw, []).append(f"{width} px {scheme}")
    return found


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_page_fits_is_quiet_and_has_no_barrier(visit, axe, path):
    assert flaws(visit(path), axe) == {}


@pytest.mark.parametrize(("path", "status"), ERRORS.values(), ids=ERRORS)
def test_page_that_says_what_is_wrong_does_so_too(visit, axe, path, status):
    assert flaws(visit(path, status), axe) == {}


@pytest.mark.parametrize("name", ["home", "call-open", "topic", "newsletter"])
def test_text_of_twice_the_size_fits(visit, name):
    page = visit(PUBLIC[name])
    page.set_viewport_size({"width": 375, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(LAYOUT) == []

"""Every type of page, at the width of a phone, a tablet and a desk, in light and dark."""

from itertools import product
from pathlib import Path

import pytest

from tests.browser.addresses import ERRORS, PUBLIC

LAYOUT = Path(__file__).with_name("layout.js").read_text()
WIDTHS = (375, 768, 1280)
SCHEMES = ("light", "dark")


def flaws(page):
    """The flaws of the layout -> the widths and schemes where they show."""
    found = {}
    for width, scheme in product(WIDTHS, SCHEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for flaw in page.evaluate(LAYOUT):
            found.setdefault(flaw, []).append(f"{width} px {scheme}")
    return found


@pytest.mark.parametrize("path", PUBLIC.values(), ids=PUBLIC)
def test_page_fits_and_is_quiet(page, watch, path):
    assert page.goto(path).status == 200
    assert flaws(page) == {}
    assert page.context.cookies() == []


@pytest.mark.parametrize(("path", "status"), ERRORS.values(), ids=ERRORS)
def test_page_that_says_what_is_wrong_fits_and_is_quiet(page, watch, portal, path, status):
    watch.expected.add(portal.url + path)
    assert page.goto(path).status == status
    assert flaws(page) == {}
    assert page.context.cookies() == []


@pytest.mark.parametrize("name", ["home", "call-open", "topic", "newsletter"])
def test_text_of_twice_the_size_fits(page, watch, name):
    page.goto(PUBLIC[name])
    page.set_viewport_size({"width": 375, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(LAYOUT) == []

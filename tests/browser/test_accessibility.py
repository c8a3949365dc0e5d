"""axe-core, the widest of the automatic tests for the rules of WCAG 2.2 A and AA, finds nothing
on any page."""

import pytest
from django.contrib import admin

from tests.browser.addresses import ERRORS, PUBLIC

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ALL = {"runOnly": {"type": "tag", "values": LEVELS}, "preload": False}
#: The rules whose answer differs between light and dark.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "preload": False}
RUN = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""
#: The same page in each language has the same markup: some of them stand for all.
IN_FRENCH = ("home", "calls", "call-open", "topic", "newsletter")
PAGES = {
    **PUBLIC,
    **{name: path for name, (path, _status) in ERRORS.items()},
    **{f"{name}-in-french": PUBLIC[name].replace("/en/", "/fr/") for name in IN_FRENCH},
}
MODELS = sorted(model._meta.label_lower for model in admin.site._registry)
PHONE = {"width": 375, "height": 800}
DESK = {"width": 1280, "height": 800}


def barriers(page, axe, rules=ALL, **media):
    page.emulate_media(**media)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return page.evaluate(RUN, rules)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_page_has_no_barrier(page, axe, path):
    page.set_viewport_size(DESK)
    page.goto(path)
    assert barriers(page, axe) == [], "light, 1280 px"
    page.set_viewport_size(PHONE)
    assert barriers(page, axe, COLOURS, color_scheme="dark") == [], "dark, 375 px"


def test_open_menu_and_filters_of_a_phone_have_no_barrier(page, axe):
    page.set_viewport_size(PHONE)
    page.goto(PUBLIC["calls"])
    page.get_by_text("Menu", exact=True).click()
    page.locator("summary", has_text="Filters").click()
    assert barriers(page, axe) == []


def test_admin_login_has_no_barrier(page, axe):
    page.goto("/admin/login/")
    assert barriers(page, axe) == []
    assert barriers(page, axe, COLOURS, color_scheme="dark") == []


def test_admin_start_page_has_no_barrier(staff_page, axe):
    staff_page.goto("/admin/")
    assert barriers(staff_page, axe) == []
    assert barriers(staff_page, axe, COLOURS, color_scheme="dark") == []


@pytest.mark.parametrize("label", MODELS)
def test_admin_list_and_forms_have_no_barrier(staff_page, axe, label):
    path = f"/admin/{label.replace('.', '/')}/"
    assert staff_page.goto(path).ok
    assert barriers(staff_page, axe) == [], "list"
    first = staff_page.locator("#result_list tbody a").first
    change = first.get_attribute("href") if first.count() else None
    if staff_page.goto(f"{path}add/").ok:
        assert barriers(staff_page, axe) == [], "form of a new item"
    if change:
        assert staff_page.goto(change).ok
        assert barriers(staff_page, axe) == [], "form"


def test_admin_form_has_no_barrier_in_the_dark(staff_page, axe):
    staff_page.goto("/admin/calls/call/add/")
    assert barriers(staff_page, axe, COLOURS, color_scheme="dark") == []

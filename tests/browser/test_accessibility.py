"""Accessibility tests of the admin, other languages, and what opens on a click.

`test_pages` covers the public pages.
"""

import pytest
from django.contrib import admin

from tests.browser.addresses import PUBLIC
from tests.browser.axe import ALL, ALL_BUT_COLOURS, COLOURS, violations

#: Pages have the same markup in each language, so a sample is enough.
IN_FRENCH = ("home", "calls", "call-open", "topic", "newsletter")
MODELS = sorted(model._meta.label_lower for model in admin.site._registry)
PHONE = {"width": 375, "height": 800}


@pytest.fixture
def admin_tab(staff_tab):
    """Return the tab of an administrator, in light mode."""
    staff_tab.emulate_media(color_scheme="light")
    return staff_tab


@pytest.mark.parametrize("name", IN_FRENCH)
def test_page_in_french_has_no_barrier(visit, axe, name):
    page = visit(PUBLIC[name].replace("/en/", "/fr/"))
    assert violations(page, axe) == []
    page.set_viewport_size(PHONE)
    assert violations(page, axe, COLOURS, color_scheme="dark") == []


def test_open_menu_and_filters_of_a_phone_have_no_barrier(page, axe):
    page.set_viewport_size(PHONE)
    page.goto(PUBLIC["calls"])
    page.get_by_text("Menu", exact=True).click()
    page.locator("summary", has_text="Filters").click()
    assert violations(page, axe) == []


def test_admin_login_has_no_barrier(page, axe):
    page.goto("/admin/login/")
    assert violations(page, axe) == []
    assert violations(page, axe, COLOURS, color_scheme="dark") == []


def test_admin_start_page_has_no_barrier(admin_tab, axe):
    admin_tab.goto("/admin/")
    assert violations(admin_tab, axe) == []
    assert violations(admin_tab, axe, COLOURS, color_scheme="dark") == []


@pytest.mark.parametrize("label", MODELS)
def test_admin_list_and_forms_have_no_barrier(admin_tab, axe, label):
    path = f"/admin/{label.replace('.', '/')}/"
    assert admin_tab.goto(path).ok
    assert violations(admin_tab, axe) == [], "list"
    first = admin_tab.locator("#result_list tbody a").first
    change = first.get_attribute("href") if first.count() else None
    if admin_tab.goto(f"{path}add/").ok:
        # Same colours as the form for a new item.
        rules = ALL_BUT_COLOURS if change else ALL
        assert violations(admin_tab, axe, rules) == [], "form of a new item"
    if change:
        assert admin_tab.goto(change).ok
        assert violations(admin_tab, axe) == [], "form"


def test_admin_form_has_no_barrier_in_the_dark(admin_tab, axe):
    admin_tab.goto("/admin/calls/call/add/")
    assert violations(admin_tab, axe, COLOURS, color_scheme="dark") == []

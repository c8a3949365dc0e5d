"""Fixtures with a browser and the served portal.

Without Chromium these tests are skipped, unless REQUIRE_BROWSER is set, as it is in CI.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect, sync_playwright

from tests.browser.content import PASSWORD, STAFF
from tests.browser.page_monitor import PageMonitor
from tests.browser.server import TIMEOUT, prepare, serve

HERE = Path(__file__).parent
AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
#: The first is headless and takes a third less time.
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
DESKTOP = {"width": 1280, "height": 800}
#: Disables everything but the pages: first-run pages, updates, background requests.
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--in-process-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def skip_or_fail(reason):
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(f"REQUIRE_BROWSER is set, but {reason}")
    pytest.skip(reason)


# Package scope: the browser's event loop makes everything in Django half as slow again, so it
# runs only for the tests of this package.


@pytest.fixture(scope="package", autouse=True)
def chromium():
    if CHROMIUM is None:
        skip_or_fail("there is no Chromium (Debian: apt install chromium-headless-shell)")
    with pytest.MonkeyPatch.context() as patch:
        # Django mistakes tests for asynchronous code while an event loop is running.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="package")
def playwright(chromium):
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright, browser_type_launch_args):
    options = browser_type_launch_args | {"executable_path": CHROMIUM, "args": CHROMIUM_ARGS}
    browser = playwright.chromium.launch(**options)
    make_context = browser.new_context

    def new_context(**options):
        context = make_context(**options)
        context.set_default_timeout(TIMEOUT * 1000)
        return context

    browser.new_context = new_context
    expect.set_options(timeout=TIMEOUT * 1000)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def axe():
    """Return the script of axe-core, which runs in a page."""
    if not AXE.exists():
        skip_or_fail("there is no axe-core (npm ci installs it)")
    return AXE.read_text()


@pytest.fixture(scope="package")
def portal(chromium, tmp_path_factory):
    """Yield the running Server of the portal."""
    data_dir = tmp_path_factory.mktemp("portal")
    prepare(data_dir)
    with serve(data_dir) as server:
        yield server


@pytest.fixture(scope="package")
def browser_context_args(portal):
    return {"base_url": portal.url, "reduced_motion": "reduce", "locale": "en-GB"}


@pytest.fixture
def monitor(page, portal):
    """Yield a PageMonitor of the test's page; problems left at the end make the test fail."""
    monitor = PageMonitor(page, portal.url)
    yield monitor
    assert monitor.problems == []


@pytest.fixture(scope="package")
def tab(browser, browser_context_args, portal):
    """Yield one tab with its PageMonitor, shared by tests that view pages one after the other.

    Opening a tab takes as long as opening a page.
    """
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    yield page, PageMonitor(page, portal.url)
    context.close()


@pytest.fixture
def visit(tab, portal):
    """Yield a function that opens a path at desktop width in light mode and returns the page.

    A test that uses it fails if the page has problems or sets a cookie.
    """
    page, monitor = tab
    monitor.problems.clear()
    monitor.expected.clear()

    def visit(path, status=200):
        if status >= 400:
            monitor.expected.add(portal.url + path)
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light")
        assert page.goto(path).status == status
        return page

    yield visit
    cookies = page.context.cookies()
    page.context.clear_cookies()
    assert monitor.problems == []
    assert cookies == []


@pytest.fixture(scope="package")
def staff_session(browser, portal):
    """Return the storage state of a signed-in administrator."""
    context = browser.new_context(base_url=portal.url)
    page = context.new_page()
    page.goto("/admin/login/")
    page.get_by_label("Username").fill(STAFF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="package")
def staff_tab(browser, browser_context_args, staff_session):
    """Yield one tab of a signed-in administrator, shared by tests that change nothing."""
    context = browser.new_context(**browser_context_args, storage_state=staff_session)
    yield context.new_page()
    context.close()


@pytest.fixture
def staff_page(new_context, staff_session):
    """Return a page of a signed-in administrator."""
    return new_context(storage_state=staff_session).new_page()

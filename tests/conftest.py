"""What every test runs in: files in a folder of its own, and nothing in the cache."""

import gc

import pytest
from django.template import RequestContext
from django.template.base import Template

from tests.sharing import Groups


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Groups(config, log)


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage costs a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "documents"},
        },
    }
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def nothing_left_over(settings):
    """A former test's request leaves its language active, and its answers in the cache."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def only_pages_tell_their_context(django_test_environment):
    """`response.context` is what a page got. Copying what each part of it and each control
    got, too, takes a sixteenth of the time of a request."""
    told = Template._render

    def render(template, context):
        is_page = context.template is template and isinstance(context, RequestContext)
        return told(template, context) if is_page else template.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield

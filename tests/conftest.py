"""Fixtures of every test: a folder of its own for files, and an empty cache."""

import gc

import pytest
from django.template import RequestContext
from django.template.base import Template

from tests.scheduling import GroupScheduling


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return GroupScheduling(config, log)


def pytest_collection_finish():
    """Exempt all loaded objects from garbage collection, which costs a fifth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True)
def isolated_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "documents": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "documents"},
        },
    }
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def reset_globals(settings):
    """Reset the active language and the cache, which earlier tests' requests change."""
    from django.core.cache import cache
    from django.utils import translation

    cache.clear()
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(scope="session", autouse=True)
def record_page_contexts_only(django_test_environment):
    """Record `response.context` for whole pages only.

    Copying the context of every included template and widget costs a sixteenth of a request.
    """
    original_render = Template._render

    def render(template, context):
        is_page = context.template is template and isinstance(context, RequestContext)
        return (
            original_render(template, context) if is_page else template.nodelist.render(context)
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield

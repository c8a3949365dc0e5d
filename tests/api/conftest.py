import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _unthrottled():
    """Reset the throttle before each test."""
    cache.clear()


@pytest.fixture
def api(client, db):
    """Return a function that gets a path below /api/v1/ and returns the response."""

    def get(path="", params=None, **options):
        return client.get(f"/api/v1/{path}", params or {}, **options)

    return get

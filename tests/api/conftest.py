import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _unthrottled():
    """Each test starts with all its requests left."""
    cache.clear()


@pytest.fixture
def api(client, db):
    """Get an address below /api/v1/; returns the response."""

    def get(path="", params=None, **options):
        return client.get(f"/api/v1/{path}", params or {}, **options)

    return get

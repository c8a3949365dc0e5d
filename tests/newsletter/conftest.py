import pytest
from django.core.cache import cache
from django.test import Client

from newsletter.models import Subscriber

SIGN_UP = "/en/newsletter/"
SENT = "/en/newsletter/check-your-mail/"


@pytest.fixture(autouse=True)
def no_limits_reached(db):
    cache.clear()


@pytest.fixture
def reader():
    """A browser without a session, whose forms come from the portal's own pages."""
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


@pytest.fixture
def sign_up(reader):
    """Posts the form; `headers` and other fields may be given."""

    def post(email="reader@example.org", *, headers=None, path=SIGN_UP, **fields):
        data = {"email": email, "language": "en", "website": "", **fields}
        return reader.post(path, data, headers=headers)

    return post


@pytest.fixture
def subscriber():
    """Makes a subscriber in a state."""

    def make(email="reader@example.org", state=Subscriber.State.PENDING, **fields):
        return Subscriber.objects.create(email=email, state=state, **fields)

    return make

import pytest
from django.core.cache import cache
from django.test import Client

from newsletter.consent import current_wording
from newsletter.delivery import send_due
from newsletter.models import SignUp, Subscriber
from newsletter.signup import mail_sign_ups
from tests.newsletter.mail_server import Mailbox, serving

SIGN_UP = "/en/newsletter/"
SENT = "/en/newsletter/check-your-mail/"


@pytest.fixture(autouse=True)
def reset_rate_limits(db):
    cache.clear()


def run_jobs():
    """Enqueue and send confirmation mails, as the background jobs do."""
    mail_sign_ups()
    send_due()


@pytest.fixture
def reader():
    """Return a client without a session that posts from the portal's own pages."""
    return Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})


@pytest.fixture
def sign_up(reader):
    """Return a function that posts the sign-up form and runs the jobs."""

    def post(email="reader@example.org", *, headers=None, path=SIGN_UP, **fields):
        data = {"email": email, "language": "en", "website": "", **fields}
        response = reader.post(path, data, headers=headers)
        run_jobs()
        return response

    return post


@pytest.fixture
def subscriber():
    """Return a function that creates a subscriber in a state."""

    def make(email="reader@example.org", state=Subscriber.State.PENDING, **fields):
        if state == Subscriber.State.ERASED:
            email = None
        return Subscriber.objects.create(email=email, state=state, **fields)

    return make


@pytest.fixture
def mailed_sign_up():
    """Return a function that creates a mailed sign-up, which can be confirmed."""

    def make(member, language="en", choices=None):
        return SignUp.objects.create(
            email=member.email or "erased@example.org",
            subscriber=member,
            language=language,
            choices=choices or [{"kind": "edition", "what": "editions"}],
            wording=current_wording(),
            nonce=f"nonce-{SignUp.objects.count()}",
            state=SignUp.State.MAILED,
        )

    return make


@pytest.fixture
def mailbox(settings):
    """Yield the Mailbox of a real SMTP server that the portal sends to."""
    box = Mailbox()
    with serving(box) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
        settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = "", 0, 0
        box.port = port
        yield box

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from newsletter.limits import MAILS_TO_ADDRESS, SIGN_UPS_FROM_NETWORK
from newsletter.models import Subscriber
from tests.newsletter.conftest import SENT, SIGN_UP

STATES = [None, *Subscriber.State.values]


def test_a_new_address_is_pending_and_gets_one_mail(sign_up):
    response = sign_up(" Reader@Example.ORG ", language="nl")
    assert (response.status_code, response.url) == (302, SENT)
    subscriber = Subscriber.objects.get()
    assert subscriber.email == "reader@example.org"
    assert subscriber.state == Subscriber.State.PENDING
    assert subscriber.language == "nl"
    assert subscriber.confirmed_at is None
    assert subscriber.mailed_at
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]


def test_the_page_after_it_says_what_happens_next(reader, sign_up):
    page = reader.get(sign_up().url)
    assert page.status_code == 200
    assert b"check your mail" in page.content
    assert b"reader@example.org" not in page.content


def test_the_answer_does_not_tell_whether_the_address_is_known(sign_up, subscriber):
    def answer(state):
        if state:
            subscriber(f"{state}@example.org", state)
        response = sign_up(f"{state}@example.org")
        return response.status_code, response.content, sorted(response.items())

    answers = [answer(state) for state in STATES]
    assert answers.count(answers[0]) == len(STATES)
    assert len(mail.outbox) == len(STATES)


@pytest.mark.parametrize("state", Subscriber.State.values)
def test_signing_up_again_changes_nothing_before_the_confirmation(sign_up, subscriber, state):
    before = subscriber(state=state, language="fr", token_version=3)
    sign_up(language="nl")
    after = Subscriber.objects.get()
    assert (after.state, after.language, after.token_version) == (state, "fr", 3)
    assert after.created_at == before.created_at


def test_an_active_subscriber_is_told_so_in_their_language(sign_up, subscriber):
    subscriber(state=Subscriber.State.ACTIVE, language="fr")
    sign_up(language="nl")
    (message,) = mail.outbox
    assert message.extra_headers["Content-Language"] == "fr"
    assert "/newsletter/confirm/" not in message.body
    assert "/fr/newsletter/unsubscribe/" in message.body


def test_a_language_that_the_portal_lacks_becomes_the_page_s(sign_up):
    sign_up(path="/fr/newsletter/", language="../xx\0")
    assert Subscriber.objects.get().language == "fr"


@pytest.mark.parametrize(
    "email",
    [
        "",
        "reader",
        "reader@",
        "@example.org",
        "reader@example",
        "a@example.org,b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "a\r\n.\r\nMAIL FROM:<x@example.org>@example.org",
        "Name <a@example.org>",
        '"a b"@example.org',
        '"\x01"@example.org',
        "a@[127.0.0.1]",
        "ſ@example.org",
        "a\0@example.org",
        "a@exam\0ple.org",
        "a@\u2028example.org",
        f"a@{'é' * 63}.org",
        "x" * 10_000,
        "x" * 10_000 + "@example.org",
        "\udcff@example.org".encode("utf-8", "surrogatepass").decode("latin-1"),
    ],
)
def test_an_unusable_address_is_asked_for_again(sign_up, email):
    response = sign_up(email)
    page = response.content.decode()
    assert response.status_code == 400
    assert 'aria-invalid="true"' in page
    assert 'id="page_email_error"' in page
    assert not mail.outbox
    assert not Subscriber.objects.exists()


def test_what_was_typed_is_kept(sign_up):
    page = sign_up('<b>"reader"@example').content.decode()
    assert 'value="&lt;b&gt;&quot;reader&quot;@example"' in page


@pytest.mark.parametrize(
    "email", ["l'été+1@example.org".replace("é", "e"), "a@münchen.example"]
)
def test_unusual_addresses_are_taken(sign_up, email):
    assert sign_up(email).status_code == 302
    assert mail.outbox[0].to == [email]
    mail.outbox[0].message().as_bytes()


def test_a_filled_trap_gets_the_usual_answer_and_no_mail(sign_up):
    expected = sign_up("reader@example.org")
    trapped = sign_up("robot@example.org", website="https://spam.example/\0")
    assert trapped.content == expected.content
    assert sorted(trapped.items()) == sorted(expected.items())
    assert len(mail.outbox) == 1
    assert not Subscriber.objects.filter(email="robot@example.org").exists()


def test_another_site_cannot_sign_its_visitors_up(sign_up):
    response = sign_up(headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert b"another site" in response.content
    assert b'value="reader@example.org"' in response.content
    assert not mail.outbox
    assert not Subscriber.objects.exists()


def test_an_address_gets_no_more_than_three_mails_a_day(sign_up):
    answers = [sign_up(headers={"X-Real": str(n)}) for n in range(MAILS_TO_ADDRESS.most + 1)]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert len(mail.outbox) == 3


def test_a_network_that_signs_up_too_much_has_to_wait(reader, sign_up):
    for number in range(SIGN_UPS_FROM_NETWORK.most):
        assert sign_up(f"reader{number}@example.org").status_code == 302
    refused = sign_up("reader@example.org")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert b'value="reader@example.org"' in refused.content
    assert len(mail.outbox) == SIGN_UPS_FROM_NETWORK.most
    reader.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_up("reader@example.org").status_code == 302


def test_a_form_with_errors_does_not_count(sign_up):
    for _number in range(SIGN_UPS_FROM_NETWORK.most + 1):
        sign_up("reader")
    assert sign_up().status_code == 302


class BrokenBackend(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_failing_mail_server_is_told_as_it_is(sign_up, settings, caplog):
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.BrokenBackend"
    for _number in range(2):
        response = sign_up()
        assert response.status_code == 503
        assert b"has not gone through" in response.content
        assert b'value="reader@example.org"' in response.content
    assert Subscriber.objects.get().mailed_at is None
    assert "reader@example.org" not in caplog.text
    settings.EMAIL_BACKEND = working
    for _number in range(3):  # what failed does not count against the address
        assert sign_up().status_code == 302
    assert len(mail.outbox) == 3


@pytest.mark.parametrize("path", [SIGN_UP, SENT, "/en/newsletter/confirmed/"])
def test_pages_are_the_same_for_everybody_and_set_no_cookie(reader, path):
    cookies = {"Cookie": f"csrftoken={'a' * 32}; x=y"}
    pages = [reader.get(path), reader.get(path, headers=cookies)]
    assert pages[0].status_code == 200
    assert pages[0].content == pages[1].content
    for page in pages:
        assert not page.cookies
        assert "Cookie" not in page.get("Vary", "")


def test_no_answer_sets_a_cookie(sign_up):
    assert not sign_up().cookies
    assert not sign_up("reader").cookies
    assert not sign_up(headers={"Origin": "null"}).cookies


@pytest.mark.parametrize("method", ["head", "get", "options"])
def test_reading_signs_nobody_up(reader, method):
    getattr(reader, method)(f"{SIGN_UP}?email=reader@example.org&website=")
    assert not mail.outbox
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(reader, method):
    assert getattr(reader, method)(SIGN_UP).status_code == 405

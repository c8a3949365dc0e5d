import pytest
from django.core import mail
from django.core.cache import cache
from django.utils.encoding import punycode

from newsletter.models import Refusal, SignUp, Subscriber, Subscription, Suppression
from newsletter.signup import MAILS_TO_ADDRESS, SIGN_UPS_FROM_NETWORK, confirmations, risk
from tests import factories
from tests.newsletter.conftest import SENT, SIGN_UP

STATES = [state for state in Subscriber.State.values if state != Subscriber.State.ERASED]


def refused():
    """Return {reason: number of refusals}."""
    return dict(Refusal.objects.values_list("reason", "count"))


@pytest.fixture
def no_proof_required(monkeypatch):
    """Never require a proof of work."""
    monkeypatch.setattr(risk, "NORMAL_RATE", 1000)


def test_a_new_address_is_pending_and_gets_one_mail(sign_up):
    response = sign_up(" Reader@Example.ORG ", language="nl")
    assert (response.status_code, response.url) == (302, SENT)
    subscriber = Subscriber.objects.get()
    assert subscriber.email == "reader@example.org"
    assert subscriber.state == Subscriber.State.PENDING
    assert subscriber.language == "nl"
    assert subscriber.confirmed_at is None
    assert SignUp.objects.get().mailed_at
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]


def test_the_page_after_it_says_what_happens_next(reader, sign_up):
    page = reader.get(sign_up().url)
    assert page.status_code == 200
    assert b"check your e-mail" in page.content
    assert b"reader@example.org" not in page.content


def test_the_answer_does_not_tell_whether_the_address_is_known(
    reader, subscriber, django_assert_num_queries, no_proof_required
):
    """Every address gets the same bytes for the same work.

    Nothing that depends on the address is done before the response.
    """

    def answer(email):
        with django_assert_num_queries(3):  # count for the alarm, wording, new sign-up
            response = reader.post(SIGN_UP, {"email": email})
        return response.status_code, response.content, sorted(response.items())

    reader.post(SIGN_UP, {"email": "first@example.org"})
    Suppression.objects.suppress("suppressed@example.org", Suppression.Reason.COMPLAINED)
    for state in STATES:
        subscriber(f"{state}@example.org", state)
    addresses = ["new@example.org", "suppressed@example.org"]
    addresses += [f"{state}@example.org" for state in STATES]
    answers = []
    for email in addresses:
        cache.clear()
        answers.append(answer(email))
    assert answers.count(answers[0]) == len(addresses)
    assert SignUp.objects.count() == len(addresses) + 1


def test_a_suppressed_address_is_not_written_to(sign_up):
    Suppression.objects.suppress("reader@example.org", Suppression.Reason.REQUESTED)
    sign_up(" READER@example.org")
    assert not mail.outbox
    assert not Subscriber.objects.exists()
    assert refused() == {"suppressed": 1}


@pytest.mark.parametrize("state", STATES)
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
    assert "/fr/newsletter/preferences/" in message.body
    assert "/fr/newsletter/unsubscribe/" in message.body


def test_a_language_that_the_portal_lacks_becomes_the_page_s(sign_up):
    sign_up(path="/fr/newsletter/", language="../xx")
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
    assert not SignUp.objects.exists()
    assert sum(refused().values()) == (email != "")


def test_what_was_typed_is_kept(sign_up):
    page = sign_up('<b>"reader"@example').content.decode()
    assert 'value="&lt;b&gt;&quot;reader&quot;@example"' in page


@pytest.mark.parametrize(
    "email", ["l'été+1@example.org".replace("é", "e"), "a@münchen.example"]
)
def test_unusual_addresses_are_taken(sign_up, email):
    assert sign_up(email).status_code == 302
    name, _at, domain = email.partition("@")
    assert mail.outbox[0].to == [f"{name}@{punycode(domain)}"]
    assert SignUp.objects.get().email == email


def test_a_filled_trap_gets_the_usual_answer_and_no_mail(sign_up):
    expected = sign_up("reader@example.org")
    trapped = sign_up("robot@example.org", website="https://spam.example/\0")
    assert trapped.content == expected.content
    assert sorted(trapped.items()) == sorted(expected.items())
    assert len(mail.outbox) == 1
    assert not SignUp.objects.filter(email="robot@example.org").exists()
    assert refused() == {"trap": 1}


def test_a_sign_up_that_fails_does_not_hold_up_the_next(sign_up, monkeypatch, caplog):
    def fail(sign_up):
        if sign_up.email == "first@example.org":
            raise ZeroDivisionError
        return enqueue_mail(sign_up)

    enqueue_mail = confirmations._enqueue_mail
    monkeypatch.setattr(confirmations, "_enqueue_mail", fail)
    for email in ("first@example.org", "second@example.org"):
        sign_up(email)
    assert [message.to for message in mail.outbox] == [["second@example.org"]]
    assert SignUp.objects.get(email="first@example.org").state == "queued"
    assert "first@example.org" not in caplog.text


def test_another_site_cannot_sign_its_visitors_up(sign_up):
    response = sign_up(headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert b"another site" in response.content
    assert b'value="reader@example.org"' in response.content
    assert not SignUp.objects.exists()
    assert refused() == {"other-site": 1}


def test_an_address_gets_no_more_than_three_mails_a_day(sign_up, no_proof_required):
    answers = [sign_up() for _time in range(MAILS_TO_ADDRESS + 2)]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert len(mail.outbox) == 3
    assert refused() == {"address": 2}


def test_a_network_that_signs_up_too_much_has_to_wait(reader, sign_up, no_proof_required):
    for number in range(SIGN_UPS_FROM_NETWORK.max_events):
        assert sign_up(f"reader{number}@example.org").status_code == 302
    response = sign_up("reader@example.org")
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert b'value="reader@example.org"' in response.content
    assert len(mail.outbox) == SIGN_UPS_FROM_NETWORK.max_events
    assert refused() == {"network": 1}
    reader.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_up("reader@example.org").status_code == 302


def test_a_form_with_errors_does_not_count(sign_up):
    for _number in range(SIGN_UPS_FROM_NETWORK.max_events + 1):
        sign_up("reader")
    assert sign_up().status_code == 302


def test_the_choice_is_kept_for_the_confirmation(sign_up):
    factories.topic("Health", slug="health")
    sign_up(form="full", what=["calls", "events"], topics=["health"], frequency="daily")
    assert SignUp.objects.get().choices == [
        {"kind": "topic", "what": "calls", "query": "topic=health", "frequency": "daily"},
        {"kind": "topic", "what": "events", "query": "topic=health", "frequency": "daily"},
    ]
    assert not Subscription.objects.exists()
    assert "Calls on Health, once a day" in mail.outbox[0].body


def test_an_address_alone_asks_for_everything_once_a_week(sign_up):
    sign_up()
    choices = SignUp.objects.get().choices
    assert [choice["what"] for choice in choices] == ["editions", "calls", "news", "events"]
    assert {choice.get("frequency", "weekly") for choice in choices} == {"weekly"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("what", "everything"),
        ("topics", "no-such-topic"),
        ("topics", "a\0"),
        ("frequency", "hourly"),
        ("language", "x" * 10_000),
    ],
)
def test_a_choice_that_is_not_offered_is_refused(sign_up, field, value):
    response = sign_up(**{field: value})
    assert response.status_code == 400
    assert not SignUp.objects.exists()


def test_nothing_ticked_on_the_full_form_is_a_slip(sign_up):
    response = sign_up(form="full")
    assert response.status_code == 400
    assert b"Select at least one" in response.content


@pytest.mark.parametrize(
    "email", ["a@mailinator.com", "a@sub.YOPMAIL.com", "a@throwaway.example"]
)
def test_a_throw_away_address_is_refused(sign_up, settings, email):
    settings.NEWSLETTER_BLOCKED_DOMAINS = ["throwaway.example"]
    assert sign_up(email).status_code == 400
    assert refused() == {"disposable": 1}


@pytest.mark.parametrize("path", [SIGN_UP, SENT])
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
    assert not SignUp.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(reader, method):
    assert getattr(reader, method)(SIGN_UP).status_code == 405

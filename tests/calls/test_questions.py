"""Questions and answers of a call: its page, their own page, feed and API."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from calls.models import Call, Question
from publishing.models import PreviewLink, Revision
from publishing.workflow import publish, undo_publish, unpublish
from tests import factories
from tests.staff import row, save, signed_in

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "/en/calls/rivers/questions/"
FEED = "/en/calls/rivers/questions.atom"


@pytest.fixture
def call():
    return factories.draft(Call, slug="rivers", title_en="Rivers")


def ask(call, text, section="other", **fields):
    values = {"question_en": text, "answer_en": f"<p>Answer to {text}</p>", **fields}
    return Question.objects.create(call=call, section=section, **values)


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the time at which versions are recorded."""

    def set_to(day):
        at = datetime(2026, 3, day, 12, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: at)
        return at

    return set_to


def reword(call, question, **fields):
    """Change a live question and publish the call."""
    Question.objects.filter(pk=question.pk).update(**fields)
    publish(item=call)


def entries(client, path=FEED):
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


def told(entry, name):
    return entry.findtext(f"{ATOM}{name}")


def shown(response):
    return [question.question for question in response.context["questions"]]


# --- Writing and publishing -------------------------------------------------------------


def new_row(**fields):
    values = {"section": "dates", "question_en": "When?", "answer_en": "<p>Soon</p>", **fields}
    return {"questions-TOTAL_FORMS": 1, **row("questions", 0, **values)}


def test_answer_is_public_once_it_is_published_and_no_more_when_that_is_undone(client, call):
    publish(item=call)
    paths = ["/en/calls/rivers/", PAGE, FEED, f"/api/v1/calls/{call.pk}/"]
    assert save(signed_in(), call, **new_row()) == {}
    assert not any(b"When?" in client.get(path).content for path in paths)
    publish(item=call)
    assert all(b"When?" in client.get(path).content for path in paths)
    undo_publish(item=call)
    assert not any(b"When?" in client.get(path).content for path in paths)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"question_en": ""}, "questions-0-question_en"),
        ({"answer_en": ""}, "questions-0-answer_en"),
        ({"question_en": "x" * 10_000}, "questions-0-question_en"),
        ({"question_en": "a\x00b"}, "questions-0-question_en"),
        ({"section": "nowhere"}, "questions-0-section"),
        ({"answered_on": "9999999-01-01"}, "questions-0-answered_on"),
    ],
)
def test_bad_rows_are_refused_at_their_field(call, fields, name):
    assert name in save(signed_in(), call, **new_row(**fields))


def test_answer_is_sanitised(client, call):
    ask(call, "When?", answer_en="<p>Soon<script>alert(1)</script></p>")
    publish(item=call)
    assert Question.objects.get().answer_en == "<p>Soon</p>"


def test_question_needs_an_answer(call):
    with pytest.raises(ValidationError, match="answer"):
        Question(call=call, question_en="When?").full_clean()


def test_preview_shows_all_answers_of_the_draft_without_addresses(client, call):
    for number in range(6):
        ask(call, f"Question {number}?", position=number)
    publish(item=call)
    staff = signed_in()
    new = {"questions-TOTAL_FORMS": 7, **row("questions", 6, section="aim")}
    new |= row("questions", 6, question_en="Why?", answer_en="<p>So</p>")
    assert save(staff, call, **new) == {}
    _link, token = PreviewLink.objects.make(
        item=call, language="en", expires_at=timezone.now() + timedelta(days=1)
    )
    page = client.get(reverse("shared-preview", args=[token]))
    assert page.content.count(b'class="questions__item"') == 7
    assert b"Link to this answer" not in page.content
    assert b"questions.atom" not in page.content


# --- The page ---------------------------------------------------------------------------


def test_page_of_the_call_shows_the_first_answers_and_leads_to_all(client, call):
    for number in range(7):
        ask(call, f"Question {number}?", position=number)
    publish(item=call)
    page = client.get("/en/calls/rivers/")
    assert shown(page) == [f"Question {number}?" for number in range(5)]
    assert b"All 7 questions and answers" in page.content
    assert len(shown(client.get(PAGE))) == 7


def test_version_shows_all_its_answers_without_addresses_of_today(client, call):
    questions = [ask(call, f"Question {number}?") for number in range(7)]
    publish(item=call)
    number = Revision.objects.live(call).number
    questions[0].delete()
    publish(item=call)
    page = client.get(f"/en/calls/rivers/versions/{number}/")
    assert len(shown(page)) == 7
    assert b"Link to this answer" not in page.content


def test_each_answer_has_an_address(client, call):
    question = ask(call, "When?")
    publish(item=call)
    assert question.get_absolute_url() == f"{PAGE}#question-{question.pk}"
    assert f'id="question-{question.pk}"'.encode() in client.get(PAGE).content


def test_section_leads_to_the_answers_on_it(client, call):
    call.aim_en = "<p>Aim</p>"
    call.save()
    ask(call, "Why?", section="aim")
    publish(item=call)
    page = client.get("/en/calls/rivers/").content
    assert b'href="/en/calls/rivers/questions/?section=aim"' in page
    assert b"?section=eligibility" not in page


def test_page_can_be_narrowed_to_a_section(client, call):
    ask(call, "When?", section="dates")
    ask(call, "Who?", section="eligibility")
    publish(item=call)
    page = client.get(PAGE, {"section": "dates"})
    assert shown(page) == ["When?"]
    counts = [(choice.value, choice.count) for choice in page.context["choices"]]
    assert counts == [("", 2), ("eligibility", 1), ("dates", 1)]


def test_section_without_answers_says_so(client, call):
    ask(call, "When?", section="dates")
    publish(item=call)
    page = client.get(PAGE, {"section": "aim"})
    assert b"No questions have been answered here yet." in page.content
    assert b"Questions on other sections" in page.content


def test_call_without_answers_says_so_while_one_may_ask(client):
    call = factories.open_call(slug="rivers")
    assert b"No questions have been answered" in client.get("/en/calls/rivers/").content
    assert b"No questions have been answered" in client.get(PAGE).content
    assert entries(client) == []
    call.key_dates.update(at=timezone.now() - timedelta(days=9))
    call.update_instants()
    assert b"No questions have been answered" not in client.get("/en/calls/rivers/").content


@pytest.mark.parametrize("bad", ["nowhere", "dates\x00", "9" * 10_000, "'"])
def test_unknown_section_is_refused(client, call, bad):
    publish(item=call)
    assert client.get(PAGE, {"section": bad}).status_code in (400, 404)


def test_answer_in_another_language_is_marked(client, call):
    ask(call, "When?")
    publish(item=call)
    page = client.get("/fr/calls/rivers/questions/").content
    assert b'<div class="prose" lang="en">' in page


# --- Dates ------------------------------------------------------------------------------


def test_changed_answer_tells_when(client, call, clock):
    first = clock(1)
    question, other = ask(call, "When?"), ask(call, "Who?")
    publish(item=call)
    second = clock(5)
    reword(call, question, answer_en="<p>Later</p>")
    clock(9)
    publish(item=call)
    dated = {q.pk: q for q in client.get(PAGE).context["questions"]}
    assert (dated[question.pk].published_at, dated[question.pk].changed_at) == (first, second)
    assert (dated[other.pk].published_at, dated[other.pk].changed_at) == (first, None)


def test_change_in_one_language_is_none_to_readers_of_another(client, call, clock):
    clock(1)
    question = ask(call, "When?", answer_nl="<p>Straks</p>", question_nl="Wanneer?")
    publish(item=call)
    changed = clock(5)
    reword(call, question, answer_nl="<p>Later</p>")
    (english,) = client.get(PAGE).context["questions"]
    (dutch,) = client.get("/nl/calls/rivers/questions/").context["questions"]
    assert (english.changed_at, dutch.changed_at) == (None, changed)


# --- The feed ---------------------------------------------------------------------------


def test_feed_tells_true_times_and_keeps_its_ids(client, call, clock):
    clock(1)
    question, _other = ask(call, "When?"), ask(call, "Who?")
    publish(item=call)
    before = {told(entry, "title"): told(entry, "id") for entry in entries(client)}
    clock(5)
    call.slug = "streams"
    call.save()
    reword(call, question, answer_en="<p>Later</p>")
    newest, oldest = entries(client, "/en/calls/streams/questions.atom")
    assert (told(newest, "title"), told(newest, "id")) == ("When?", before["When?"])
    assert told(newest, "published") == "2026-03-01T12:00:00+00:00"
    assert told(newest, "updated") == "2026-03-05T12:00:00+00:00"
    assert told(newest, "summary") == "<p>Later</p>"
    assert told(oldest, "updated") == "2026-03-01T12:00:00+00:00"


def test_feed_has_the_time_of_its_newest_content(client, call, clock):
    clock(1)
    publish(item=call)
    clock(9)
    root = ElementTree.fromstring(client.get(FEED).content)  # noqa: S314 - our own
    assert told(root, "updated") == "2026-03-01T12:00:00+00:00"


def test_feed_is_in_the_language_of_its_address(client, call):
    ask(call, "When?", question_nl="Wanneer?", answer_nl="<p>Straks</p>")
    ask(call, "Who?")
    publish(item=call)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    dutch = entries(client, "/nl/calls/rivers/questions.atom")
    titles = {told(entry, "title"): entry.get(language) for entry in dutch}
    assert titles == {"Wanneer?": "nl", "Who?": "en"}
    ids = {told(entry, "id") for entry in dutch}
    assert not ids & {told(entry, "id") for entry in entries(client)}


def test_feed_survives_what_xml_cannot_hold(client, call):
    ask(call, "When\x0b\x1f\ufffe?")
    publish(item=call)
    (entry,) = entries(client)
    assert told(entry, "title") == "When?"


def test_feed_links_with_whole_addresses(client, call, settings):
    ask(call, "When?", answer_en='<p><a href="/en/calls/rivers/">Call</a></p>')
    publish(item=call)
    (entry,) = entries(client)
    assert f'href="{settings.PORTAL_URL}/en/calls/rivers/"' in told(entry, "summary")
    link = entry.find(f"{ATOM}link").get("href")
    assert link.startswith(f"{settings.PORTAL_URL}{PAGE}#question-")


# --- Visibility -------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PAGE, FEED])
def test_answers_of_an_unpublished_call_are_nowhere(client, call, path):
    ask(call, "When?")
    publish(item=call)
    unpublish(item=call)
    assert client.get(path).status_code == 404
    assert signed_in("Author").get(path).status_code == 404


@pytest.mark.parametrize("path", [PAGE, FEED])
def test_former_address_of_the_call_leads_on(client, call, path):
    publish(item=call)
    call.slug = "streams"
    call.save()
    publish(item=call)
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (
        301,
        path.replace("rivers", "streams"),
    )


# --- API and number of queries ----------------------------------------------------------


def test_api_tells_questions_with_their_dates(client, call, clock):
    clock(1)
    question = ask(call, "When?", section="dates", answered_on="2026-02-27")
    publish(item=call)
    (found,) = client.get(f"/api/v1/calls/{call.pk}/?lang=en").json()["questions"]
    assert found == {
        "id": question.pk,
        "url": f"http://testserver{PAGE}#question-{question.pk}",
        "section": "dates",
        "content_language": "en",
        "question": "When?",
        "answer": "<p>Answer to When?</p>",
        "answered_on": "2026-02-27",
        "published_at": "2026-03-01T12:00:00Z",
        "changed_at": None,
    }


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/en/calls/rivers/", PAGE, FEED, "api"])
def test_queries_do_not_grow_with_the_questions(client, call, path):
    linked = factories.published(Call, slug="lakes")
    answer = f'<p><a href="item:calls.call/{linked.pk}">Lakes</a></p>'
    path = f"/api/v1/calls/{call.pk}/" if path == "api" else path
    ask(call, "Question?", answer_en=answer)
    publish(item=call)
    before = queries(client, path)
    for _ in range(4):
        ask(call, "Question?", answer_en=answer)
    publish(item=call)
    assert queries(client, path) == before

"""The page cache around an application: what it stores, and how it answers."""

import gzip
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest

from page_cache import changes, dependencies
from page_cache.application import PageCache
from tests.page_cache.wsgi import get

pytestmark = pytest.mark.django_db


class Application:
    """Application that counts its requests, and answers with the number."""

    def __init__(self, *, is_cacheable=True, status="200 OK", headers=(), tags=(), at=None):
        self.is_cacheable, self.status, self.headers = is_cacheable, status, headers
        self.tags, self.at, self.count = tags, at, 0

    def __call__(self, environ, start_response):
        self.count += 1
        dependencies.depend_on(*self.tags)
        dependencies.change_at(self.at)
        if self.is_cacheable:
            dependencies.allow_caching()
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return Body([f"{self.count} ".encode() * 1000])


class Body(list):
    def close(self):
        """Do nothing; servers call it at the end of a response."""


def cached(**options):
    application = Application(**options)
    return PageCache(application, 10**6), application


def test_second_request_is_answered_from_memory():
    cache, application = cached()
    first, second = get(cache, "/en/"), get(cache, "/en/")
    assert first == second
    assert application.count == 1
    assert first.headers["Content-Length"] == "2000"
    assert first.headers["Cache-Control"].startswith("public, max-age=0")


@pytest.mark.parametrize(
    "options",
    [
        {"is_cacheable": False},
        {"status": "404 Not Found"},
        {"status": "302 Found"},
        {"headers": [("Set-Cookie", "a=b")]},
        {"headers": [("Cache-Control", "private")]},
        {"headers": [("Cache-Control", "no-store")]},
        {"headers": [("Content-Security-Policy", "script-src 'nonce-abc'")]},
    ],
)
def test_responses_for_one_reader_and_errors_are_not_stored(options):
    cache, application = cached(**options)
    answers = [get(cache, "/en/") for _time in range(2)]
    assert application.count == 2
    assert answers[0].body != answers[1].body
    assert "ETag" not in answers[0].headers


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=a"},
        {"HTTP_AUTHORIZATION": "Basic a"},
        {"HTTP_RANGE": "bytes=0-1"},
        {"method": "POST"},
        {"method": "OPTIONS"},
    ],
)
def test_requests_of_known_readers_pass_by_the_cache(headers):
    cache, application = cached()
    get(cache, "/en/")
    assert get(cache, "/en/", **headers).body.startswith(b"2 ")
    assert get(cache, "/en/").body.startswith(b"1 ")
    assert application.count == 2


@pytest.mark.parametrize(
    "other",
    [
        ("/en/?page=2", {}),
        ("/fr/", {}),
        ("/en/", {"HTTP_HOST": "other"}),
        ("/en/", {"wsgi.url_scheme": "https"}),
        ("/en/", {"HTTP_X_FORWARDED_PROTO": "https"}),
        ("/en/", {"HTTP_ACCEPT_LANGUAGE": "nl"}),
    ],
)
def test_different_addresses_and_varying_headers_have_pages_of_their_own(other):
    cache, _application = cached(headers=[("Vary", "Accept-Language, Cookie")])
    path, headers = other
    assert get(cache, "/en/").body.startswith(b"1 ")
    assert get(cache, path, **headers).body.startswith(b"2 ")
    assert get(cache, "/en/").body.startswith(b"1 ")


def test_head_is_answered_from_the_same_page_without_its_body():
    cache, application = cached()
    page = get(cache, "/en/")
    head = get(cache, "/en/", method="HEAD")
    assert (head.status, head.body, head.headers) == (200, b"", page.headers)
    assert application.count == 1


def test_page_is_compressed_for_those_who_accept_it():
    cache, _application = cached()
    plain = get(cache, "/en/")
    small = get(cache, "/en/", HTTP_ACCEPT_ENCODING="gzip, br")
    assert gzip.decompress(small.body) == plain.body
    assert small.headers["Content-Encoding"] == "gzip"
    assert int(small.headers["Content-Length"]) == len(small.body) < 200
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert small.headers["ETag"] != plain.headers["ETag"]


def test_known_page_is_not_sent_again():
    cache, _application = cached()
    page = get(cache, "/en/")
    etag = page.headers["ETag"]
    for header in (etag, f"W/{etag}", f'"a", {etag}', "*"):
        again = get(cache, "/en/", HTTP_IF_NONE_MATCH=header)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == etag
        assert "Content-Length" not in again.headers
    assert get(cache, "/en/", HTTP_IF_NONE_MATCH='"other"').status == 200


def test_page_expires_when_time_changes_it():
    soon = datetime.now(UTC) + timedelta(milliseconds=150)
    cache, application = cached(at=soon)
    get(cache, "/en/")
    get(cache, "/en/")
    assert application.count == 1
    while datetime.now(UTC) <= soon:
        pass
    get(cache, "/en/")
    assert application.count == 2


def test_recorded_change_drops_the_pages_that_show_it():
    call, other = cached(tags=["calls.call:1"]), cached(tags=["calls.call:2"])
    for cache, _application in (call, other):
        get(cache, "/en/")
    changes.record("calls.call:1")
    for cache, _application in (call, other):
        cache.reader.read(is_forced=True)
        get(cache, "/en/")
    assert (call[1].count, other[1].count) == (2, 1)


def test_page_that_changes_while_it_is_rendered_is_not_kept():
    cache, application = cached(tags=["calls.call:1"])
    changed = iter([True])

    def meanwhile(environ, start_response):
        if next(changed, False):
            changes.record("calls.call:1")
        return application(environ, start_response)

    cache.application = meanwhile
    get(cache, "/en/")
    cache.reader.read(is_forced=True)
    assert get(cache, "/en/").body.startswith(b"2 ")
    assert get(cache, "/en/").body.startswith(b"2 ")


def test_pages_are_served_while_the_log_of_changes_cannot_be_read(monkeypatch):
    cache, application = cached()
    get(cache, "/en/")
    monkeypatch.setattr(cache.reader, "_read_rows", unreadable)
    monkeypatch.setattr("page_cache.changes.INTERVAL", 0)
    assert get(cache, "/en/").body.startswith(b"1 ")
    assert application.count == 1


def unreadable():
    raise changes.DatabaseError("away")


def test_one_request_renders_a_page_for_all_that_wait(monkeypatch):
    monkeypatch.setattr(changes.ChangeReader, "_read", lambda reader: True)
    cache, application = cached()
    may_answer = Event()

    def slow(environ, start_response):
        may_answer.wait(10)
        return application(environ, start_response)

    cache.application = slow
    answers = []
    readers = [Thread(target=lambda: answers.append(get(cache, "/en/"))) for _n in range(8)]
    for reader in readers:
        reader.start()
    may_answer.set()
    for reader in readers:
        reader.join(10)
    assert application.count == 1
    assert len(answers) == 8
    assert all(answer.body == answers[0].body for answer in answers)

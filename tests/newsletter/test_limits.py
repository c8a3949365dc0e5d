from datetime import timedelta

from django.core.cache import cache

from newsletter.signup import Limit

TWICE = Limit("test", max_events=2, period=timedelta(hours=1))


def test_each_may_take_so_many():
    assert [TWICE.acquire("a") for _time in range(3)] == [True, True, False]
    assert TWICE.acquire("b")


def test_limits_do_not_share_their_counts():
    other = Limit("other", max_events=1, period=timedelta(hours=1))
    assert TWICE.acquire("a")
    assert other.acquire("a")


def test_what_was_taken_can_be_asked_for():
    TWICE.acquire("a")
    assert (TWICE.count("a"), TWICE.count("b")) == (1, 0)


def test_it_starts_again_when_the_period_is_over():
    brief = Limit("brief", max_events=1, period=timedelta(seconds=0))
    assert brief.acquire("a")
    assert brief.acquire("a")


def test_the_cache_does_not_show_who_was_counted(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args: keys.append(key))
    TWICE.acquire("reader@example.org")
    assert "reader" not in keys[0]
    assert keys[0].isascii() and len(keys[0]) < 200


def test_any_text_can_be_counted():
    assert TWICE.acquire("é\n" * 10_000)

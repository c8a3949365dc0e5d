from datetime import timedelta

from django.core.cache import cache

from newsletter.signup import Limit

TWICE = Limit("test", most=2, period=timedelta(hours=1))


def test_each_may_take_so_many():
    assert [TWICE.take("a") for _time in range(3)] == [True, True, False]
    assert TWICE.take("b")


def test_limits_do_not_share_their_counts():
    other = Limit("other", most=1, period=timedelta(hours=1))
    assert TWICE.take("a")
    assert other.take("a")


def test_what_was_taken_can_be_asked_for():
    TWICE.take("a")
    assert (TWICE.taken("a"), TWICE.taken("b")) == (1, 0)


def test_it_starts_again_when_the_period_is_over():
    brief = Limit("brief", most=1, period=timedelta(seconds=0))
    assert brief.take("a")
    assert brief.take("a")


def test_the_cache_does_not_show_who_was_counted(monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args: keys.append(key))
    TWICE.take("reader@example.org")
    assert "reader" not in keys[0]
    assert keys[0].isascii() and len(keys[0]) < 200


def test_any_text_can_be_counted():
    assert TWICE.take("é\n" * 10_000)

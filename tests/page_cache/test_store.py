"""Pages in memory: expiry, limits, and dropping by tag."""

import gzip
import time

import pytest

from page_cache.store import OVERHEAD, Page, PageStore, accepts_gzip


def page(body=b"x" * 1000, tags=("site",), expires_in=60):
    return Page([], body, frozenset(tags), time.time() + expires_in)


def test_page_is_found_until_it_expires():
    store = PageStore(10**6)
    store.put("current", page(), 0)
    store.put("expired", page(expires_in=-1), 0)
    assert store.get("current").body == b"x" * 1000
    assert store.get("expired") is None
    assert store.get("unknown") is None


def test_pages_with_a_dropped_tag_are_removed_and_others_kept():
    store = PageStore(10**6)
    store.put("a", page(tags=["call:1", "site"]), 0)
    store.put("b", page(tags=["call:2", "site"]), 0)
    store.drop({"call:1"})
    assert store.get("a") is None
    assert store.get("b") is not None
    store.drop({"site"})
    assert store.get("b") is None
    assert (len(store), store.bytes) == (0, 0)


def test_page_rendered_before_a_change_is_not_stored_after_it():
    store = PageStore(10**6)
    generation = store.generation
    store.drop({"call:1"})
    store.put("old", page(tags=["call:1"]), generation)
    store.put("unrelated", page(tags=["call:2"]), generation)
    store.put("new", page(tags=["call:1"]), store.generation)
    assert [store.get(key) is not None for key in ("old", "unrelated", "new")] == [
        False,
        True,
        True,
    ]


def test_least_recently_used_pages_go_when_the_memory_is_full():
    store = PageStore(3 * (1000 + OVERHEAD))
    for key in "abc":
        store.put(key, page(), 0)
    store.get("a")
    store.put("d", page(), 0)
    assert [key for key in "abcd" if store.get(key)] == ["a", "c", "d"]
    store.put("too large", page(b"x" * 10_000), 0)
    assert [key for key in "abcd" if store.get(key)] == ["a", "c", "d"]


def test_page_is_replaced_under_its_key():
    store = PageStore(10**6)
    store.put("a", page(tags=["call:1"]), 0)
    store.put("a", page(b"new", tags=["call:2"]), 0)
    store.drop({"call:1"})
    assert store.get("a").body == b"new"
    assert store.bytes == 3 + OVERHEAD


@pytest.mark.parametrize(
    ("header", "is_accepted"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.8", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("identity", False),
    ],
)
def test_gzip_is_used_only_where_it_is_accepted(header, is_accepted):
    assert accepts_gzip(header) is is_accepted
    assert page().best_encoding(header) == ("gzip" if is_accepted else "")


def test_small_bodies_are_not_compressed():
    assert page(b"short").best_encoding("gzip") == ""
    assert gzip.decompress(page().encoded("gzip")) == b"x" * 1000

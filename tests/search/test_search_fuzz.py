"""No query causes an error, however odd."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Article
from search.lists import filter_by_text, order_by_relevance
from search.queries import parse, search
from tests.factories import published

pytestmark = pytest.mark.django_db

SYNTAX = st.text(
    alphabet="ab é'\"«»”()*-–:^+&|!<>\\/%_,;{}[]~#@?.=$`\0\ud800\u202e💩0", max_size=30
)
WORDS = st.lists(
    st.sampled_from(
        ["zebra", "zebrs", "OR", "AND", "NOT", "NEAR", "-zebra", '"', "l'a", "e-m", "a*", "x:y"]
    ),
    max_size=20,
).map(" ".join)
ODD = [
    "",
    "\0",
    "\ud800",
    '"',
    '-"',
    "OR",
    "- -",
    "٣٤ ١٢",
    "日本語 テキスト",
    "ﬁnance",
    "ı İ ß ŒUVRE",
]
ODD += ["*" * 10_000, "a " * 5_000, "é" * 10_000, "OR " * 3_000, '"' * 9_999, "-" * 10_000]


@pytest.mark.parametrize("text", ODD, ids=lambda text: ascii(text[:8]))
def test_odd_text_is_no_error(text):
    article = published(Article, title_en="Zebra")
    assert len(search(text, "en").pks) <= 1
    assert set(order_by_relevance(filter_by_text(Article.objects.all(), text), text)) <= {
        article
    }


@settings(
    max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
@given(text=SYNTAX | WORDS | st.text(max_size=60))
def test_no_text_is_an_error(text):
    assert search(text, "en").pks == []  # nothing is published


@given(text=st.text(max_size=60))
def test_query_is_understood_alike_when_typed_again(text):
    query = parse(text)
    assert parse(query.text).all_of == query.all_of

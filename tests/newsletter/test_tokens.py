"""Property-based tests of tokens: only those issued by the portal are accepted."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.models import SignUp, Subscriber, Subscription
from newsletter.tokens import (
    UnusableLink,
    confirmation_token,
    preferences_token,
    read_confirmation,
    read_preferences,
    read_unsubscription,
    unsubscription_token,
)

PERSON, ALERT = Subscriber(pk=7), Subscription(pk=7)
MADE = {
    read_confirmation: confirmation_token(SignUp(nonce="n" * 32)),
    read_preferences: preferences_token(PERSON),
    read_unsubscription: unsubscription_token(PERSON),
}
ALL = [*MADE.values(), unsubscription_token(PERSON, ALERT)]

pytestmark = pytest.mark.django_db
quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def refusal(read, token):
    with pytest.raises(UnusableLink) as raised:
        read(token)
    return raised.value.reason


@pytest.mark.parametrize("read", MADE)
@quick
@given(token=st.text() | st.from_regex(r"[\w.-]*", fullmatch=True))
def test_no_text_is_a_token_by_chance(read, token):
    assert refusal(read, token) == UnusableLink.BROKEN


@pytest.mark.parametrize("read", MADE)
@quick
@given(st.data())
def test_a_token_with_one_change_is_none(read, data):
    token = MADE[read]
    at = data.draw(st.integers(0, len(token) - 2))  # some bits of the last character are unused
    letter = data.draw(st.characters().filter(lambda c: c != token[at]))
    assert refusal(read, token[:at] + letter + token[at + 1 :]) == UnusableLink.BROKEN


@pytest.mark.parametrize("read", MADE)
def test_a_token_serves_one_purpose(read):
    others = [token for token in ALL if not token.startswith(MADE[read][:5])]
    for token in (t for t in others if t != MADE[read]):
        if read is read_unsubscription and token[0] in "ps":
            continue
        assert refusal(read, token) == UnusableLink.BROKEN


@quick
@given(pk=st.integers(1, 2**48 - 1), version=st.integers(0, 2**15 - 1))
def test_all_tokens_of_a_kind_are_of_one_length(pk, version):
    person = Subscriber(pk=pk, token_version=version)
    assert len(preferences_token(person)) == len(preferences_token(PERSON))
    assert len(unsubscription_token(person)) == len(unsubscription_token(PERSON))
    assert re.fullmatch(r"[\w.-]+", preferences_token(person), re.ASCII)


def test_the_link_to_one_s_page_expires_with_its_version(subscriber):
    member = subscriber()
    token = preferences_token(member)
    assert read_preferences(token) == member
    Subscriber.objects.update(token_version=1)
    assert refusal(read_preferences, token) == UnusableLink.USED

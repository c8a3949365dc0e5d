"""Language of responses, and fallbacks for missing translations."""

import pytest

from calls.models import Call
from tests.api.content import make
from tests.factories import published


@pytest.fixture
def call():
    return published(
        Call,
        title_en="Health for all",
        title_fr="La santé pour tous",
        summary_en="A call",
        body_en="<p>Text</p>",
    )


def test_lang_chooses_the_language(api, call):
    response = api(f"calls/{call.pk}/", {"lang": "fr"})
    data = response.json()
    assert data["title"] == "La santé pour tous"
    assert data["content_language"] == "fr"
    assert data["url"].startswith("http://testserver/fr/")
    assert response["Content-Language"] == "fr"


def test_lang_prevails_over_the_accept_language_header(api, call):
    headers = {"accept-language": "nl"}
    assert api("calls/", headers=headers)["Content-Language"] == "nl"
    response = api("calls/", {"lang": "fr"}, headers=headers)
    assert response["Content-Language"] == "fr"
    assert "Accept-Language" in response["Vary"]


def test_default_language_is_the_portals(api, call, settings):
    assert api("calls/")["Content-Language"] == settings.LANGUAGE_CODE


def test_language_of_one_answer_does_not_stay_for_the_next(api, call):
    api("calls/", {"lang": "fr"})
    assert api("calls/").json()["results"][0]["content_language"] == "en"


def test_missing_translation_falls_back_and_says_so(api, call):
    data = api(f"calls/{call.pk}/", {"lang": "nl"}).json()
    assert data["title"] == "Health for all"
    assert data["content_language"] == "en"
    assert data["languages"] == ["en", "fr"]
    assert data["fallbacks"] == {}


def test_single_texts_that_fall_back_are_named(api, call):
    data = api(f"calls/{call.pk}/", {"lang": "fr"}).json()
    assert data["summary"] == "A call"
    assert data["fallbacks"] == {"summary": "en", "body": "en"}
    listed = api("calls/", {"lang": "fr"}).json()["results"][0]
    assert listed["fallbacks"] == {"summary": "en"}


def test_item_in_one_other_language_is_shown_in_it(api, db):
    call = published(Call, title_en="", title_fr="Un appel")
    data = api(f"calls/{call.pk}/").json()
    assert (data["title"], data["content_language"]) == ("Un appel", "fr")
    assert data["languages"] == ["fr"]


def test_rows_and_mentions_tell_their_own_language(api, db):
    call = make("calls")
    call.key_dates.update(note_fr="À 17 heures précises")
    data = api(f"calls/{call.pk}/", {"lang": "fr"}).json()
    assert data["key_dates"][0]["content_language"] == "fr"
    assert data["initiative"]["content_language"] == "en"
    assert data["lead_image"]["content_language"] == "en"


def test_language_that_the_portal_does_not_have_is_refused_with_those_it_has(api, db):
    response = api("calls/", {"lang": "de"})
    assert response.status_code == 400
    assert "en, fr, nl" in response.json()["errors"][0]["message"]

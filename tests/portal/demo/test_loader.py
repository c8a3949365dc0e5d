import pytest
from django.utils import timezone

from calls.models import Call
from calls.status import Status
from initiatives.models import Initiative, Organisation
from media.models import Document, Image
from news.models import Article, Event
from pages.models import Page
from portal.demo import MODELS_BY_FOLDER, read_entries
from publishing.models import Publishable, Topic


def test_loading_twice_changes_nothing(load, read_tables):
    before = read_tables()

    assert load() == "Demo content: nothing new.\n"

    assert read_tables() == before


def test_items_that_staff_changed_stay_as_they_are(load):
    item = Initiative.objects.get(slug="clear-rivers")
    item.title_en = "Changed by staff"
    item.save()
    item.key_figures.all().delete()

    load()

    item.refresh_from_db()
    assert item.title_en == "Changed by staff"
    assert not item.key_figures.exists()


def test_an_item_that_staff_deleted_comes_back(load):
    Event.objects.get(slug="soil-walk").delete()

    assert load() == "Demo content: 1 events new.\n"


@pytest.mark.parametrize(
    ("model", "least"),
    [
        (Initiative, 12),
        (Call, 25),
        (Article, 40),
        (Event, 12),
        (Page, 6),
    ],
)
def test_enough_items_are_published_and_some_are_drafts(demo, db, model, least):
    assert model.objects.published().count() >= least
    assert model.objects.drafts().exists()


def test_calls_are_in_every_status(demo, db):
    assert {call.status for call in Call.objects.published()} == set(Status)


def test_the_status_of_a_call_follows_from_its_key_dates(demo, db):
    for call in Call.objects.all():
        stored = {name: getattr(call, name) for name in ("opens_at", "closes_at")}
        assert stored == call.instants_from_key_dates()


def test_organisations_come_from_many_countries(demo, db):
    assert Organisation.objects.count() >= 40
    assert Organisation.objects.values("country").distinct().count() >= 15


def test_documents_have_their_files(demo, db):
    numbers = {document.slug: document.versions.count() for document in Document.objects.all()}

    assert all(numbers.values())
    assert numbers["clear-rivers-call-text"] == 2


def test_topics_have_three_levels(demo, db):
    assert Topic.objects.filter(parent__parent__isnull=False).exists()


def test_every_picture_says_what_it_shows_in_three_languages(demo, db):
    images = Image.objects.all()

    assert len(images) == len(read_entries("pictures"))
    for image in images:
        assert all((image.alt_text_en, image.alt_text_fr, image.alt_text_nl))


def test_published_items_are_dated_back_but_not_ahead(demo, db):
    for model in MODELS_BY_FOLDER.values():
        if issubclass(model, Publishable):
            ahead = model.objects.filter(last_published_at__gt=timezone.now())
            assert not ahead.exists()
    call = Call.objects.get(slug="era-permed-jtc2018")
    assert call.updated_at.year == call.last_published_at.year == 2018

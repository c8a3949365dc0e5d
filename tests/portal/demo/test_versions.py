"""Public history of the demo items that changed after they had been published."""

from zoneinfo import ZoneInfo

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from calls.models import Call
from calls.timeline import change_history_of, deadline_changes_of
from news.models import Event
from portal.demo import MODELS_BY_FOLDER, entry_at_version
from publishing.models import Publishable, Revision
from syndication.models import PublicChange

BRUSSELS = ZoneInfo("Europe/Brussels")


def versions_of(item):
    return list(Revision.objects.citable(item).order_by("number"))


def changes_of(call):
    """Return {number of a version: {label: [(old, new), …]}}."""
    found = {}
    for entry in change_history_of(call):
        of_version = found.setdefault(entry.revision.number, {})
        for change in entry.changes:
            of_version.setdefault(change.label, []).append((change.old, change.new))
    return found


def test_an_entry_as_it_was_in_each_version():
    entry = {
        "at": "c",
        "note": "y",
        "before": {"3": {"at": "b"}, "2": {"at": "a", "note": "x"}},
    }

    told = [
        (e["at"], e["note"]) for e in (entry_at_version(number, entry) for number in (1, 2, 3))
    ]

    assert told == [("a", "x"), ("b", "y"), ("c", "y")]


def test_a_deadline_was_moved_by_two_weeks_with_the_reason(demo, db):
    call = Call.objects.get(slug="clear-rivers-jtc-4")
    by_deadline = deadline_changes_of(call).values()
    by_kind = {change.new.kind: change for changes in by_deadline for change in changes}
    assert set(by_kind) == {"registration", "pre-proposal"}
    for kind, change in by_kind.items():
        days = [timezone.localdate(date.at, BRUSSELS) for date in (change.old, change.new)]
        assert (days[1] - days[0]).days == 14
        assert change.new.at == call.key_dates.get(kind=kind).at
        assert "high water" in change.revision.change_note_en


def test_answers_were_published_after_they_were_given(demo, db):
    call = Call.objects.get(slug="clear-rivers-jtc-4")
    counts = [len(version.data["rows"]["questions"]) for version in versions_of(call)]

    assert counts == [0, 4, 6, 6]


def test_a_budget_rose_because_a_funder_joined(demo, db):
    call = Call.objects.get(slug="soilties-jtc-2")
    offers = call.offers.values_list("amount", flat=True)

    changes = changes_of(call)[2]

    assert changes["Total budget"] == [("€4,500,000", "€6,300,000")]
    assert call.budget == sum(offers) == 6_300_000
    [(before, now)] = changes["Funder"]
    assert (before, now.split(",")[0]) == ("", "Northern Delta Research Fund (NDRF)")


def test_an_event_was_moved_to_another_place(demo, db):
    event = Event.objects.get(slug="clear-rivers-info-day")
    places = [version.data["fields"]["place_nl"] for version in versions_of(event)]

    assert places == ["Loodsenhuis, Oostende", "Oud Tolhuis, Oostende"]
    assert event.place_nl == places[-1]


def test_readers_of_each_language_are_told_why(demo, db):
    versions = Revision.objects.published().filter(number__gt=1)

    assert {version.data["fields"]["slug"] for version in versions} == {
        "clear-rivers-jtc-4",
        "clear-rivers-info-day",
        "soilties-jtc-2",
    }
    for version in versions:
        assert all(getattr(version, f"change_note_{code}") for code in ("en", "fr", "nl"))


def test_versions_are_dated_one_after_the_other_as_their_items_are(demo, db):
    models = [model for model in MODELS_BY_FOLDER.values() if issubclass(model, Publishable)]
    for item in (item for model in models for item in model.objects.published()):
        times = [version.created_at for version in versions_of(item)]
        assert times == sorted(set(times))
        assert times[0] == item.first_published_at
        assert times[-1] == item.last_published_at <= timezone.now()


@pytest.mark.parametrize("slug", ["clear-rivers-jtc-4", "soilties-jtc-2"])
def test_what_changed_last_is_dated_as_the_version_that_changed_it(demo, db, slug):
    call = Call.objects.get(slug=slug)
    kind = ContentType.objects.get_for_model(Call)
    changes = PublicChange.objects.filter(content_type=kind, object_id=call.pk)

    assert set(changes.values_list("number", "changed_at")) == {
        (len(versions_of(call)), call.last_published_at)
    }


@pytest.mark.parametrize("address", ["/en/calls/{slug}/", "/en/calls/{slug}/changes/", "{api}"])
def test_page_history_and_api_tell_why_the_deadline_was_moved(demo, db, client, address):
    call = Call.objects.get(slug="clear-rivers-jtc-4")
    address = address.format(slug=call.slug, api=f"/api/v1/calls/{call.pk}/")

    page = client.get(address).content.decode()

    assert "high water has closed the sampling sites" in page

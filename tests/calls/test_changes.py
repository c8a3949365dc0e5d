"""Public changes of a call: moved deadlines and the history of public fields."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from calls.models import Call, CallContact
from calls.timeline import PERSONAL, PRIVATE, PUBLIC, change_history_of, deadline_changes_of
from initiatives.models import Initiative
from media.models import Document
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.workflow import publish, save_draft
from tests.factories import draft, key_date, offer, organisation, published, topic

pytestmark = pytest.mark.django_db
OLD, NEW = "2031-03-04T16:00:00+00:00", "2031-04-15T15:00:00+00:00"


def call_due(at=OLD, kind="full-proposal", **fields):
    call = draft(Call, **fields)
    date = key_date(call, kind, 30)
    type(date).objects.filter(pk=date.pk).update(at=at)
    call.update_instants()
    publish(item=call, reason="x")
    return Call.objects.get(pk=call.pk)


def edit(call, change, **options):
    """Apply `change` to the snapshot of a call and publish it."""
    data = snapshots.dump_live(call)
    change(data)
    save_draft(item=call, snapshot=data, seen=workflow.head(call).number)
    return publish(item=call, **{"reason": "Only for staff", **options})


def to(at, **fields):
    def change(data):
        data["rows"]["key_dates"][0]["fields"].update(at=at, **fields)

    return change


def setting(**fields):
    return lambda data: data["fields"].update(fields)


def public_history(call):
    """Return the public history as (index of version, label, row, old, new), newest first."""
    return [
        (number, change.label, change.row, change.old, change.new)
        for number, entry in enumerate(change_history_of(call))
        for change in entry.changes
    ]


# --- Moved deadlines ----------------------------------------------------------------------


def test_moved_deadline_shows_old_new_when_and_why(client):
    call = call_due()
    edit(call, to(NEW), change_note={"en": "Deadline extended", "fr": "Délai prolongé"})
    page = client.get(call.get_absolute_url()).text
    hero = page.split('class="call_hero"')[1].split("</dl>")[0]
    for place in (hero, page.split('id="dates"')[1]):
        assert "15 April 2031" in place
        (was,) = place.split('class="deadline_move"')[1:2]
        was = was.split("</p>")[0]
        assert "4 March 2031" in was
        assert "17:00" in was
        assert "Brussels time" in was
        assert "Deadline extended" in was
        assert "changed on" in was
    french = client.get(f"/fr/calls/{call.slug}/").text
    assert "Délai prolongé" in french


def test_moved_deadline_is_told_in_the_api(client):
    call = call_due()
    edit(call, to(NEW), change_note={"en": "Deadline extended"})
    (move,) = client.get(f"/api/v1/calls/{call.pk}/").json()["deadline_moves"]
    assert move["kind"] == "full-proposal"
    assert move["old"]["at"] == "2031-03-04T16:00:00Z"
    assert move["new"]["local_at"] == "2031-04-15T17:00:00+02:00"
    assert (move["change_note"], move["content_language"]) == ("Deadline extended", "en")
    newest = Revision.objects.of(call).published().first()
    assert move["version"] == newest.number
    assert move["published_at"][:10] == newest.created_at.date().isoformat()


def test_each_move_is_kept_the_newest_first():
    call = call_due()
    edit(call, to(NEW))
    edit(call, setting(budget="5.00"))
    edit(call, to("2031-05-01T15:00:00+00:00"))
    ((first, second),) = deadline_changes_of(call).values()
    assert (first.old.at.month, first.new.at.month) == (4, 5)
    assert (second.old.at.month, second.new.at.month) == (3, 4)
    assert list(deadline_changes_of(call)) == [call.key_dates.get().pk]


def test_undone_move_leaves_no_trace(client):
    call = call_due()
    edit(call, to(NEW), change_note={"en": "Mistaken zebra"})
    workflow.undo_publish(item=call)
    assert deadline_changes_of(call) == {}
    assert change_history_of(call) == []
    data = client.get(f"/api/v1/calls/{call.pk}/").json()
    assert (data["deadline_moves"], data["changes"]) == ([], [])
    assert "zebra" not in client.get(call.get_absolute_url()).text


def test_draft_of_a_move_leaves_no_trace(client):
    call = call_due()
    data = snapshots.dump_live(call)
    to(NEW)(data)
    save_draft(item=call, snapshot=data, seen=workflow.head(call).number)
    assert deadline_changes_of(call) == {}
    assert "deadline_move" not in client.get(call.get_absolute_url()).text


def test_deadline_written_anew_counts_as_moved():
    call = call_due()

    def replace(data):
        (row,) = data["rows"]["key_dates"]
        fields = {**row["fields"], "at": NEW}
        data["rows"]["key_dates"] = [{"pk": snapshots.new_row_id(), "fields": fields}]

    edit(call, replace)
    edit(call, to("2031-05-01T15:00:00+00:00"))
    ((second, first),) = deadline_changes_of(call).values()
    assert (first.old.at.month, first.new.at.month, second.new.at.month) == (3, 4, 5)


@pytest.mark.parametrize(
    ("fields", "is_move"),
    [
        ({"at": OLD, "note_en": "Sharp"}, False),
        ({"at": OLD, "certainty": "expected"}, False),
        ({"at": OLD, "precision": "day"}, True),
        ({"at": OLD, "timezone": "Europe/Helsinki"}, True),
        ({"at": "2031-03-04T16:01:00+00:00"}, True),
    ],
)
def test_only_what_readers_are_told_of_the_instant_is_a_move(fields, is_move):
    call = call_due()
    edit(call, to(**fields))
    assert bool(deadline_changes_of(call)) == is_move


def test_event_that_is_no_deadline_does_not_count_as_moved():
    call = call_due(kind="opening")
    edit(call, to(NEW))
    assert deadline_changes_of(call) == {}


def test_former_version_tells_of_the_moves_before_it_only(client):
    call = call_due()
    edit(call, to(NEW), change_note={"en": "First move"})
    middle = Revision.objects.of(call).published().first().number
    edit(call, to("2031-05-01T15:00:00+00:00"), change_note={"en": "Second move"})
    page = client.get(f"{call.get_absolute_url()}versions/{middle}/").text
    dates = page.split('id="dates"')[1].split("</table>")[0]
    assert "First move" in dates
    assert "Second move" not in dates


# --- History of the data --------------------------------------------------------------------


def test_history_says_what_was_and_what_is_in_words():
    call = call_due(budget="1000000", reference="OLD-1")
    edit(call, setting(budget="1250000.50", reference="NEW-1"))
    assert sorted(public_history(call)) == [
        (0, "Reference", "", "OLD-1", "NEW-1"),
        (0, "Total budget", "", "€1,000,000", "€1,250,000.50"),
    ]


def test_history_names_zone_and_row_of_a_date():
    call = call_due()
    edit(call, to(NEW))
    assert public_history(call) == [
        (
            0,
            "Key date – Date and time",
            "Deadline for full proposals",
            "4 March 2031, 17:00 Brussels time, CET",
            "15 April 2031, 17:00 Brussels time, CEST",
        )
    ]


def test_history_names_the_funder_whose_budget_changed():
    call = call_due()
    offer(call, organisation=organisation("Vlaams Fonds"), amount=500000)
    publish(item=call, reason="x")
    edit(call, lambda data: data["rows"]["offers"][0]["fields"].update(amount="600000.00"))
    assert public_history(call)[0][1:] == (
        "Funder – Budget",
        "Vlaams Fonds",
        "€500,000",
        "€600,000",
    )


def test_history_is_in_the_language_of_the_reader(client):
    call = call_due(kind="full-proposal", budget="1000000")
    edit(call, setting(budget="2000000.00"))
    with translation.override("fr"):
        (change,) = change_history_of(call)[0].changes
        label = str(Call._meta.get_field("budget").verbose_name)
        assert change.label.lower() == label.lower()
        assert change.new == "2\u202f000\u202f000\xa0€"
        address = reverse("calls:changes", args=[call.slug])
    page = client.get(address).text
    assert "2\u202f000\u202f000\xa0€" in page


def test_history_tells_of_a_new_row_once_in_the_language_of_the_reader():
    call = call_due()
    funder = organisation("Vlaams Fonds")
    offer(call, organisation=funder, amount=5, programme_en="Water", programme_fr="Eau")
    publish(item=call, reason="x")
    assert public_history(call) == [(0, "Funder", "", "", "Vlaams Fonds, Water, €5")]
    with translation.override("fr"):
        assert public_history(call)[0][-1] == "Vlaams Fonds, Eau, 5\xa0€"
    with translation.override("nl"):
        assert public_history(call)[0][-1] == "Vlaams Fonds, Water, €\xa05"


def test_history_shows_the_changed_paragraphs_of_a_long_text_only():
    same = "".join(f"<p>Paragraph {n} stays as it was written.</p>" for n in range(20))
    call = call_due(body_en=f"{same}<p>Apply in May.</p>")
    edit(call, setting(body_en=f"{same}<p>Apply in June.</p>"))
    assert public_history(call) == [
        (0, "Text (English)", "", "Apply in May.", "Apply in June.")
    ]


def test_every_field_of_a_call_is_public_or_private_on_purpose():
    fields = snapshots.content_fields(Call)
    names = {getattr(field, "translated_field", field).name for field in fields}
    names |= {field.name for field in snapshots.link_fields(Call)} | set(Call.rows)
    assert names == PUBLIC | PERSONAL | PRIVATE


def test_what_is_private_is_in_no_history(client, django_user_model):
    owner = django_user_model.objects.create_user("Jane Secretary", display_name="Jane")
    call = call_due()
    hidden = draft(Initiative, title_en="Unannounced zebra", acronym="ZEBRA")
    later = timezone.now() + timedelta(days=3)
    paper = Document.objects.create(title_en="Secret zebra", slug="z", available_at=later)
    CallContact.objects.create(call=call, name="Ann Zebra", email="zebra@example.org")
    publish(item=call, reason="x")

    def change(data):
        data["fields"].update(
            owner_id=owner.pk,
            review_on="2027-01-01",
            initiative_id=hidden.pk,
            seo_title_en="Cheetah",
        )
        data["links"]["documents"] = [paper.pk]
        data["rows"]["contacts"] = []

    edit(call, change, by=None)
    contacts = (0, "Contacts", "", "", "")
    assert public_history(call) == [contacts, (1, *contacts[1:])]
    for address in (
        reverse("calls:changes", args=[call.slug]),
        f"/api/v1/calls/{call.pk}/",
        call.get_absolute_url(),
    ):
        text = client.get(address).text
        for secret in ("zebra", "Zebra", "ZEBRA", "Jane", "Only for staff"):
            assert secret not in text


def test_history_tells_of_no_column_that_the_portal_was_given_meanwhile():
    call = call_due()
    old = Revision.objects.of(call).published().first()
    fields = dict(old.data["fields"])
    fields.pop("website")
    rows = [
        row | {"fields": {n: v for n, v in row["fields"].items() if n != "timezone"}}
        for row in old.data["rows"]["key_dates"]
    ]
    older = {**old.data, "fields": fields | {"gone": 1}, "rows": {"key_dates": rows}}
    Revision.objects.bulk_create(
        [
            Revision(
                content_type=old.content_type,
                object_id=call.pk,
                number=0,
                kind="published",
                data=older,
            )
        ]
    )
    assert public_history(call) == []


def test_page_of_changes_leads_to_each_version_and_says_when_there_is_none(client):
    call = call_due(title_en="A call")
    address = reverse("calls:changes", args=[call.slug])
    assert "Nothing has changed" in client.get(address).text
    edit(call, setting(title_en="Another <b>call</b>"), change_note={"en": "Renamed"})
    number = Revision.objects.of(call).published().first().number
    page = client.get(address).text
    assert f"versions/{number}/" in page
    assert "Renamed" in page
    assert "Another &lt;b&gt;call&lt;/b&gt;" in page
    assert address in client.get(call.get_absolute_url()).text


def test_changes_of_a_withdrawn_call_are_not_found(client):
    call = call_due()
    workflow.unpublish(item=call)
    assert client.get(reverse("calls:changes", args=[call.slug])).status_code == 404


def test_changes_take_a_constant_number_of_queries(client):
    call = call_due(initiative=published(Initiative))

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = [
        reverse("calls:changes", args=[call.slug]),
        f"/api/v1/calls/{call.pk}/",
        call.get_absolute_url(),
        reverse("calls:timeline-ics", args=[call.slug]),
    ]

    def change(number):
        item, funder = topic(f"Topic {number}"), organisation()
        offer(call, organisation=funder, extra_step_en="Do", amount=number)

        def update(data):
            data["links"]["topics"] = [item.pk]
            data["fields"]["initiative_id"] = published(Initiative).pk
            to(f"2031-03-{number:02}T15:00:00+00:00")(data)

        edit(call, update)

    change(1)
    change(2)
    few = [queries(address) for address in addresses]
    for number in range(3, 12):
        change(number)
    assert [queries(address) for address in addresses] == few

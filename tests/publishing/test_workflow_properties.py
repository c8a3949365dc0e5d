"""The public sees the last published revision, in any order of editors' actions."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.models import Initiative, KeyFigure
from publishing import workflow
from publishing.models import Revision
from publishing.revisions import snapshots
from publishing.workflow import Conflict
from tests import factories

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "title",
                "add row",
                "change row",
                "delete row",
                "reorder",
                "links",
                "save",
                "save stale",
                "publish",
                "publish older",
                "undo",
                "restore",
                "discard",
                "unpublish",
                "script",
            ]
        ),
        st.integers(min_value=0, max_value=10_000),
    ),
    min_size=3,
    max_size=18,
)


def new_figure(number):
    relation = Initiative._meta.get_field("key_figures")
    fields = {f.attname: "" for f in snapshots.row_fields(relation)}
    fields |= {
        "value": f"{number}.00",
        "label_en": f"L{number}",
        "position": 0,
        "as_of_on": None,
    }
    return {"pk": snapshots.new_row_id(), "fields": fields}


class Editor:
    """Editor who performs the generated steps with a form open on some version."""

    def __init__(self):
        self.item = factories.published(Initiative)
        self.topics = [factories.topic() for _ in range(3)]
        self.open_form()

    def open_form(self):
        self.item.refresh_from_db()
        current = workflow.head(self.item)
        self.seen = current.number
        self.data = snapshots.dump(workflow.draft_of(self.item))

    def rows(self):
        return self.data["rows"]["key_figures"]

    def do(self, step, number):
        getattr(self, step.replace(" ", "_"))(number)

    def title(self, number):
        self.data["fields"]["title_en"] = f"Title {number}"

    def add_row(self, number):
        self.rows().append(new_figure(number % 97))

    def change_row(self, number):
        if self.rows():
            self.rows()[number % len(self.rows())]["fields"]["label_en"] = f"Changed {number}"

    def delete_row(self, number):
        if self.rows():
            del self.rows()[number % len(self.rows())]

    def reorder(self, number):
        self.rows().reverse()
        for position, row in enumerate(self.rows()):
            row["fields"]["position"] = position

    def links(self, number):
        self.data["links"]["topics"] = sorted(t.pk for t in self.topics[: number % 4])

    def save(self, number):
        workflow.save_draft(item=self.item, snapshot=self.data, seen=self.seen)
        self.open_form()

    def save_stale(self, number):
        """Save, or publish, as somebody else while this form stays open."""
        other = snapshots.dump(workflow.draft_of(self.item))
        other["fields"]["summary_en"] = f"Other {number}"
        current = workflow.head(self.item)
        workflow.save_draft(item=self.item, snapshot=other, seen=current.number)
        if number % 2:
            workflow.publish(item=self.item)
        self.save(number)

    def publish(self, number):
        workflow.publish(item=self.item)
        self.open_form()

    def publish_older(self, number):
        drafts = list(Revision.objects.of(self.item).drafts())
        chosen = drafts[number % len(drafts)] if drafts else None
        workflow.publish(item=self.item, revision=chosen)
        self.open_form()

    def undo(self, number):
        workflow.undo_publish(item=self.item)

    def restore(self, number):
        revisions = list(Revision.objects.of(self.item))
        workflow.restore(revision=revisions[number % len(revisions)])
        self.open_form()

    def discard(self, number):
        workflow.discard_draft(item=self.item)
        self.open_form()

    def unpublish(self, number):
        workflow.unpublish(item=self.item)

    def script(self, number):
        Initiative.objects.filter(pk=self.item.pk).update(acronym=f"S{number}")


def public(item):
    item.refresh_from_db()
    return item.state, snapshots.dump_live(item)


@pytest.mark.django_db(transaction=False)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_live_content_equals_the_last_published_revision(db, steps):
    editor = Editor()
    for step, number in steps:
        before = public(editor.item)
        count = Revision.objects.of(editor.item).count()
        try:
            editor.do(step, number)
        except (Conflict, ValidationError):
            if step != "save stale":
                assert public(editor.item) == before
                assert Revision.objects.of(editor.item).count() == count
            step = "refused"
            editor.open_form()
        after = public(editor.item)
        if step in ("save", "restore", "discard") and before[0] == "published":
            assert after == before
        if step in ("publish", "publish older", "undo") and after[0] == "published":
            live = Revision.objects.live(editor.item)
            assert after[1] == live.data
    numbers = [r.number for r in Revision.objects.of(editor.item)]
    assert numbers == list(range(len(numbers), 0, -1))
    assert KeyFigure.objects.filter(initiative=editor.item).count() == len(
        public(editor.item)[1]["rows"]["key_figures"]
    )

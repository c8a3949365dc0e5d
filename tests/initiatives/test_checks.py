"""Publishing checks of initiatives."""

from datetime import date

import pytest

from initiatives.models import Initiative
from publishing.checks import Level, run_checks
from tests import factories

pytestmark = pytest.mark.django_db


def found(item, check):
    return [finding for finding in run_checks(item) if finding.check == check]


def test_end_before_the_start_is_an_error_of_the_initiative_and_of_its_rows():
    initiative = factories.draft(Initiative, starts_on=date(2027, 2, 1))
    factories.participation(initiative)
    initiative.ends_on = date(2027, 1, 1)
    (finding,) = found(initiative, "end_of_initiative")
    assert (finding.level, finding.anchor) == (Level.ERROR, "id_ends_on")
    assert "“Start”" in finding.message


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The total budget is EUR 370 million.", 0),
        ("The total budget is EUR 375 million.", 1),
        ("The Commission pays EUR 100 million of the total budget.", 0),
        ("Travel grants of EUR 2,000 are paid.", 0),
    ],
)
def test_budget_in_the_text_that_no_field_says_is_warned_of(text, count):
    initiative = factories.draft(Initiative, budget=370_000_000, body_en=f"<p>{text}</p>")
    factories.participation(initiative, amount=100_000_000)
    assert len(found(initiative, "amounts_in_texts")) == count


def test_initiative_without_budget_contradicts_none():
    text = "<p>The total budget is EUR 375 million.</p>"
    initiative = factories.draft(Initiative, body_en=text)
    factories.participation(initiative, amount=100_000_000)
    assert found(initiative, "amounts_in_texts") == []

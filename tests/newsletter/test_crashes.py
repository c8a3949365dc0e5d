"""Tests that killed or stopped senders miss nobody and repeat hardly any mail."""

import os

import pytest

from tests.publishing.test_crashes import database_url, run_scenario  # noqa: F401 - a fixture

#: Number of kills per point; `.ci/run` sets a higher one.
TIMES = 1 if "KILLS" not in os.environ else max(10, int(os.environ["KILLS"]) // 5)


# As in test_races.py: restores rows written by migrations before each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize(
    ("scenario", "most_repeated"), [("kill", 2 * TIMES), ("stop", 5 * TIMES)]
)
def test_halted_senders_lose_nobody(database_url, scenario, most_repeated):  # noqa: F811
    times = TIMES if scenario == "kill" else 5 * TIMES
    (repeated,) = run_scenario("tests.newsletter.crashes", scenario, times, database_url)
    assert repeated <= most_repeated

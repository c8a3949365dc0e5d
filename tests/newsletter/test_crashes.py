"""Tests that killed or stopped senders miss nobody and repeat hardly any mail."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.publishing.test_crashes import database_url  # noqa: F401 - a fixture

#: Number of kills per point; `.ci/run` sets a higher one.
TIMES = 1 if "KILLS" not in os.environ else max(10, int(os.environ["KILLS"]) // 5)


# As in test_races.py: restores rows written by migrations before each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.mark.parametrize(
    ("scenario", "most_repeated"), [("kill", 2 * TIMES), ("stop", 5 * TIMES)]
)
def test_halted_senders_lose_nobody(database_url, scenario, most_repeated):  # noqa: F811
    times = TIMES if scenario == "kill" else 5 * TIMES
    done = subprocess.run(
        [sys.executable, "-m", "tests.newsletter.crashes", scenario, str(times)],
        env={**os.environ, "DATABASE_URL": database_url},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) <= most_repeated

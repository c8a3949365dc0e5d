"""A process killed during publication leaves the old or the new state, never a mix."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

#: Kills of each kind of work; `.ci/run` sets more.
TIMES = int(os.environ.get("KILLS", "3"))
#: With this many kills, some are early and some late, however busy the machine is.
MIN_KILLS = 20


# As in test_races.py: restore the rows that migrations wrote before each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def database_url(db, tmp_path):
    """Return the address of a database without content, for child processes."""
    if connection.vendor == "sqlite":
        path = tmp_path / "portal.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        return f"sqlite:///{path}"
    server, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
    return f"{server}/{connection.settings_dict['NAME']}"


def run_scenario(module, scenario, times, database_url):
    """Run a scenario of a script that kills processes. Returns the numbers that it prints."""
    done = subprocess.run(
        [sys.executable, "-m", module, scenario, str(times)],
        env={**os.environ, "DATABASE_URL": database_url},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [int(number) for number in done.stdout.split()]


@pytest.mark.parametrize("scenario", ["publish", "bundle", "schedule"])
def test_killed_work_is_done_or_not_begun(database_url, scenario):
    old, new = run_scenario("tests.publishing.crashes", scenario, TIMES, database_url)
    assert old + new == TIMES
    if TIMES >= MIN_KILLS:
        assert min(old, new) > 0  # or the moments were badly chosen

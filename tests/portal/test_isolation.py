"""Isolation of the test run's processes from each other and from the portal's data."""

import os
from pathlib import Path

import pytest
from django.conf import settings


def test_a_run_writes_into_a_folder_of_its_own():
    assert Path(os.environ["DATA_DIR"]) == settings.DATA_DIR
    assert settings.DATA_DIR != settings.BASE_DIR / "var"


@pytest.mark.skipif("REDIS_URL" not in os.environ, reason="the run has no Redis")
def test_each_process_has_a_redis_database_of_its_own():
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    assert settings.CACHES["default"]["LOCATION"].endswith(f"/{15 - int(worker)}")

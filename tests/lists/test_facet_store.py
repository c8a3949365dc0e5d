"""The on-disk facet cache is specific to its installation, complete, and expires."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from lists.index import store as facet_store

SECRET = "another key of a test run, which protects nothing of value to anyone"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    facet_store.fingerprint.cache_clear()
    yield
    facet_store.fingerprint.cache_clear()


def kept_file():
    [path] = facet_store.folder().iterdir()
    return path


def test_one_file_a_name_has_what_was_saved_last():
    assert facet_store.load("calls") is None
    for value in ({1: "one"}, {2: "two"}):
        facet_store.save("calls", value)
        assert facet_store.load("calls") == value
    assert facet_store.load("projects") is None
    assert kept_file().name == "calls"
    assert kept_file().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: b"",
        lambda content: content[:10],
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: bytes([content[0] ^ 1]) + content[1:],
        lambda content: content[:-5] + b"x" + content[-4:],
    ],
)
def test_broken_file_is_as_none(harm):
    facet_store.save("calls", list(range(100)))
    kept_file().write_bytes(harm(kept_file().read_bytes()))
    assert facet_store.load("calls") is None


def test_file_of_another_secret_key_is_as_none(settings):
    facet_store.save("calls", 1)
    settings.SECRET_KEY = SECRET
    assert facet_store.load("calls") is None


def test_file_of_other_languages_is_as_none(settings):
    facet_store.save("calls", 1)
    settings.LANGUAGES = settings.LANGUAGES[:1]
    facet_store.fingerprint.cache_clear()
    assert facet_store.load("calls") is None


def test_file_of_another_database_is_as_none(monkeypatch):
    facet_store.save("calls", 1)
    monkeypatch.setitem(connection.settings_dict, "NAME", "another")
    facet_store.fingerprint.cache_clear()
    assert facet_store.load("calls") is None


def test_file_of_other_code_is_as_none(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "requirements.txt").write_text("django==5.2")
    facet_store.save("calls", 1)
    (tmp_path / "requirements.txt").write_text("django==5.2.1")
    assert facet_store.load("calls") == 1  # this worker still runs the old code
    facet_store.fingerprint.cache_clear()
    assert facet_store.load("calls") is None


def test_folder_that_cannot_be_written_is_no_more_than_logged(tmp_path, caplog):
    facet_store.folder().touch()
    facet_store.save("calls", 1)
    assert "The facet cache cannot be written" in caplog.text
    assert facet_store.load("calls") is None


def test_workers_that_save_at_once_leave_one_whole_file():
    values = [[number] * 10_000 for number in range(8)]
    with ThreadPoolExecutor(8) as workers:
        saving = [workers.submit(facet_store.save, "calls", value) for value in values * 4]
        while not all(each.done() for each in saving):
            assert facet_store.load("calls") in [None, *values]
    assert facet_store.load("calls") in values
    assert kept_file().name == "calls"


def test_old_files_are_deleted_whatever_they_are():
    for name in ("calls", "projects"):
        facet_store.save(name, 1)
    unfinished = facet_store.folder() / "tmp1234"
    unfinished.touch()
    for path in (unfinished, facet_store.folder() / "projects"):
        os.utime(path, (0, 0))
    facet_store.delete_older_than(timedelta(hours=1))
    assert kept_file().name == "calls"

"""Migrations: landed ones stay as they are, and upgrade the databases of releases."""

import hashlib
import os
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests import releases

#: `sha256sum */migrations/0*.py` of the migrations that have landed.
LANDED = Path(__file__).with_name("migrations.sha256")


def landed():
    lines = LANDED.read_text().splitlines()
    return {path: digest for digest, path in (line.split() for line in lines)}


def migrations():
    paths = sorted(settings.BASE_DIR.glob("*/migrations/0*.py"))
    return {
        str(path.relative_to(settings.BASE_DIR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def test_no_migration_that_has_landed_is_edited():
    now = migrations()
    edited = [path for path, digest in landed().items() if now.get(path) != digest]
    assert not edited, "Write a new migration instead of changing one that has landed."


def test_every_migration_is_recorded():
    missing = sorted(migrations().keys() - landed().keys())
    message = "Add the new migrations: sha256sum */migrations/0*.py > tests/migrations.sha256"
    assert not missing, message


def upgraded(url):
    """Upgrade a database; return what `migrate` says of migrations that are left."""
    done = releases.manage(url, "migrate")
    assert done.returncode == 0, done.stderr
    return releases.manage(url, "migrate", "--check", "--plan").stdout


def pages(url):
    """Return the status of public pages, served from a database."""
    script = (
        "from django.test import Client\n"
        "client = Client(headers={'host': 'localhost'})\n"
        "paths = '/en/ /fr/calls/ /nl/news/ /api/v1/projects/ /en/search/?q=health'.split()\n"
        "print([client.get(path).status_code for path in paths])"
    )
    done = releases.manage(url, "shell", "--no-imports", "-c", script)
    return done.stdout.strip() or done.stderr


@pytest.mark.parametrize("version", releases.versions("sqlite"))
def test_sqlite_database_of_a_release_is_upgraded(version, tmp_path):
    path = tmp_path / "release.sqlite3"
    path.write_bytes(releases.content(version, "sqlite"))
    url = f"sqlite:///{path}"
    assert "No planned migration operations" in upgraded(url)
    with sqlite3.connect(path) as database:
        count = database.execute("SELECT count(*) FROM calls_call").fetchone()[0]
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in tables}
    assert count > 20
    assert {*connection.introspection.django_table_names()} <= names
    assert pages(url) == "[200, 200, 200, 200, 200]"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs PostgreSQL")
@pytest.mark.parametrize("version", releases.versions("postgresql"))
def test_postgresql_database_of_a_release_is_upgraded(version):
    server, name = os.environ["DATABASE_URL"], f"upgrade_{os.getpid()}"
    releases.psql(server, "-c", f"CREATE DATABASE {name}")
    try:
        url = releases.sibling(server, name)
        releases.psql(url, input=releases.content(version, "postgresql"))
        assert "No planned migration operations" in upgraded(url)
        assert pages(url) == "[200, 200, 200, 200, 200]"
    finally:
        releases.psql(server, "-c", f"DROP DATABASE {name} WITH (FORCE)")

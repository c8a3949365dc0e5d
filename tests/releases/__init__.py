"""Filled databases of former releases, which tests upgrade.

`python -m tests.releases 0.2.0` adds those of a release, before it is tagged: the demo
content on SQLite, and on the PostgreSQL of DATABASE_URL, whose user must be allowed to
create databases.
"""

import lzma
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).parent
ENDINGS = {"sqlite": ".sqlite3.xz", "postgresql": ".sql.xz"}


def versions(vendor):
    """Return the releases that there is a database of, for "sqlite" or "postgresql"."""
    ending = ENDINGS[vendor]
    return sorted(path.name.removesuffix(ending) for path in FOLDER.glob(f"*{ending}"))


def content(version, vendor):
    """Return a release's database: the bytes of an SQLite file, or SQL of PostgreSQL."""
    return lzma.decompress((FOLDER / f"{version}{ENDINGS[vendor]}").read_bytes())


def manage(database_url, *arguments):
    """Run a management command on a database, with a data folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATA_DIR": folder, "DATABASE_URL": database_url}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


def psql(database_url, *arguments, **options):
    command = ["psql", "--no-psqlrc", "--quiet", "-v", "ON_ERROR_STOP=1", *arguments]
    return subprocess.run([*command, database_url], check=True, capture_output=True, **options)


def sibling(database_url, name):
    """Return the address of another database on the same server."""
    server, _slash, _name = database_url.rpartition("/")
    return f"{server}/{name}"

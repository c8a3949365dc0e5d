"""Adds the databases of a release; see the package."""

import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import django

from tests.releases import ENDINGS, FOLDER, manage, psql, sibling


def main(version):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "release.sqlite3")
        fill(f"sqlite:///{path}")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
        connection.close()
        write(version, "sqlite", path.read_bytes())
    server = os.environ["DATABASE_URL"]
    name = f"release_{os.getpid()}"
    psql(server, "-c", f"CREATE DATABASE {name}")
    try:
        url = sibling(server, name)
        fill(url)
        dump = ["pg_dump", "--no-owner", "--no-privileges", url]
        done = subprocess.run(dump, check=True, capture_output=True)
        write(version, "postgresql", done.stdout)
    finally:
        psql(server, "-c", f"DROP DATABASE {name}")


def fill(url):
    for command in ("migrate", "demo"):
        done = manage(url, command)
        if done.returncode:
            sys.exit(done.stderr)


def write(version, vendor, data):
    path = FOLDER / f"{version}{ENDINGS[vendor]}"
    path.write_bytes(lzma.compress(data, preset=9))
    sys.stdout.write(f"{path}: {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    main(sys.argv[1])

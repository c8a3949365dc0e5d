"""What workers know of the lists, kept in files for those that start after them.

A file is used by the code, the settings and the database that it was written with, or not at
all: its signature says so. Whether it is still true is for its reader to find out.
"""

import logging
import pickle
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from localisation.languages import portal_languages

logger = logging.getLogger(__name__)

SIGNATURE_SIZE = sha256().digest_size


def save(name, what):
    """Keep something under a name, in place of what was kept before."""
    content = pickle.dumps(what)
    try:
        folder().mkdir(mode=0o700, exist_ok=True)
        with NamedTemporaryFile(dir=folder(), delete=False) as file:
            file.write(signature(content) + content)
        Path(file.name).replace(folder() / name)
    except OSError as error:  # the next worker starts more slowly
        logger.warning("A list cannot be kept: %s", error)


def load(name):
    """What is kept under a name; None if there is nothing, or nothing to be trusted."""
    try:
        written = (folder() / name).read_bytes()
    except OSError:
        return None
    signed, content = written[:SIGNATURE_SIZE], written[SIGNATURE_SIZE:]
    if not constant_time_compare(signed, signature(content)):
        return None
    return pickle.loads(content)  # noqa: S301 - by whoever has the secret key


def forget(age):
    """Delete the files that are older, also those that a killed worker has left unfinished."""
    oldest = (timezone.now() - age).timestamp()
    for path in folder().glob("*"):
        with suppress(FileNotFoundError):  # another worker was first
            if path.stat().st_mtime < oldest:
                path.unlink()


def folder():
    return settings.DATA_DIR / "lists"


def signature(content):
    return salted_hmac(f"lists {origin()}", content, algorithm="sha256").digest()


@cache
def origin():
    """What the values depend on, but for the content of the database.

    Found out before the first file is written: later, newer code may lie beside what runs.
    """
    code = [path for app in apps.get_app_configs() for path in Path(app.path).rglob("*.py")]
    stats = [(path, path.stat()) for path in [settings.BASE_DIR / "requirements.txt", *code]]
    files = sorted((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)
    database = [connection.settings_dict[name] for name in ("ENGINE", "HOST", "PORT", "NAME")]
    told = (files, database, portal_languages(), settings.TIME_ZONE)
    return sha256(repr(told).encode()).hexdigest()

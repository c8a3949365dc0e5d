"""On-disk cache of facet snapshots, for workers that start later.

A file is only read with the code, settings and database it was written with, which its
signature covers. The reader must check whether the content is still current.
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


def save(name, obj):
    """Store an object under a name, replacing the old one."""
    content = pickle.dumps(obj)
    try:
        folder().mkdir(mode=0o700, exist_ok=True)
        with NamedTemporaryFile(dir=folder(), delete=False) as file:
            file.write(signature(content) + content)
        Path(file.name).replace(folder() / name)
    except OSError as error:  # not fatal: the next worker starts more slowly
        logger.warning("The facet cache cannot be written: %s", error)


def load(name):
    """Return the object stored under a name, or None if it is missing or not trustworthy."""
    try:
        written = (folder() / name).read_bytes()
    except OSError:
        return None
    signed, content = written[:SIGNATURE_SIZE], written[SIGNATURE_SIZE:]
    if not constant_time_compare(signed, signature(content)):
        return None
    return pickle.loads(content)  # noqa: S301 - by whoever has the secret key


def delete_older_than(age):
    """Delete files older than `age`, including those left unfinished by a killed worker."""
    oldest = (timezone.now() - age).timestamp()
    for path in folder().glob("*"):
        with suppress(FileNotFoundError):  # another worker deleted it first
            if path.stat().st_mtime < oldest:
                path.unlink()


def folder():
    return settings.DATA_DIR / "lists"


def signature(content):
    return salted_hmac(f"lists {fingerprint()}", content, algorithm="sha256").digest()


@cache
def fingerprint():
    """Return a hash of what the cache depends on, other than database content.

    Cached before the first write: the code on disk may be newer than the running code later.
    """
    code = [path for app in apps.get_app_configs() for path in Path(app.path).rglob("*.py")]
    stats = [(path, path.stat()) for path in [settings.BASE_DIR / "requirements.txt", *code]]
    files = sorted((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats)
    database = [connection.settings_dict[name] for name in ("ENGINE", "HOST", "PORT", "NAME")]
    inputs = (files, database, portal_languages(), settings.TIME_ZONE)
    return sha256(repr(inputs).encode()).hexdigest()

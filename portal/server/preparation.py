"""Steps that prepare a fresh clone or a new version for serving.

A step that fails raises CommandError with one sentence for the person who starts the portal.
"""

import errno
import secrets
import socket
from hashlib import sha256
from itertools import count
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import connection

from publishing.models import Publishable

#: Letters and digits that cannot be confused when copied by hand.
LEGIBLE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LISTEN_ERRORS = {
    errno.EADDRINUSE: (
        "Another program uses port {port} of {host}. Stop it, or set PORT to another number."
    ),
    errno.EADDRNOTAVAIL: "HOST is {host}, which is not an address of this machine.",
    errno.EACCES: "PORT is {port}, which only root can use; set a port above 1023.",
}


def require_free_port(host, port):
    """Raise CommandError unless a server can listen on this host and port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        # As servers do, to ignore connections in TIME_WAIT.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen()
        except OSError as error:
            unknown = f"Cannot listen on {host}, port {port}: {error.strerror}."
            sentence = LISTEN_ERRORS.get(error.errno, unknown)
            raise CommandError(sentence.format(host=host, port=port)) from None


def require_cache():
    """Raise CommandError unless the cache is reachable."""
    try:
        cache.get("serve")
    except Exception as error:
        raise CommandError(f"The cache at REDIS_URL does not respond: {error}") from None


def migrate():
    try:
        connection.ensure_connection()
        call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        raise CommandError(f"The database cannot be prepared: {reason}") from error


def static_files_changed():
    """Return whether static files changed since they were collected, which is slow."""
    collected = Path(settings.STATIC_ROOT, "staticfiles.json").exists()
    return not (
        collected
        and _fingerprint_path().exists()
        and _fingerprint_path().read_text() == _fingerprint()
    )


def collect_static_files():
    call_command("collectstatic", interactive=False, verbosity=0)
    _fingerprint_path().write_text(_fingerprint())


def _fingerprint_path():
    return settings.DATA_DIR / "static.sha256"


def _fingerprint():
    files = [
        (path, stat.st_size, stat.st_mtime_ns)
        for finder in get_finders()
        for path, storage in finder.list([])
        if (stat := Path(storage.path(path)).stat())
    ]
    return sha256(repr(sorted(files)).encode()).hexdigest()


def is_empty():
    """Return whether the database contains no publishable content, not even drafts."""
    types = [model for model in apps.get_models() if issubclass(model, Publishable)]
    return not any(model._base_manager.exists() for model in types)


def ensure_superuser():
    """Create an administrator if there is none, and return (username, password), or None."""
    users = get_user_model()._default_manager
    if users.filter(is_superuser=True, is_active=True).exists():
        return None
    names = ("admin" if number == 1 else f"admin{number}" for number in count(1))
    username = next(name for name in names if not users.filter(username=name).exists())
    password = "-".join(
        "".join(secrets.choice(LEGIBLE_CHARACTERS) for _ in range(5)) for _ in range(4)
    )
    users.create_superuser(username=username, password=password)
    return username, password

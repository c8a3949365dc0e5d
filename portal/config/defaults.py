"""Defaults of settings that depend on other settings."""

import os
import secrets

from portal.config import env_parsers

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def default_data_dir(environment):
    return env_parsers.folder(str(environment.base_dir / "var"))


def stored_secret_key(environment):
    """Return the key in the data folder, generated on the first start."""
    path = environment.data_dir / "secret_key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        return env_parsers.secret_key(path.read_text())
    except (OSError, ValueError):
        raise ValueError(f"a readable secret key in {path}, or SECRET_KEY to be set") from None


def _write_once(path, text):
    """Create the file atomically, readable by its owner only; the first writer wins."""
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(
        os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w"
    ) as file:
        file.write(text)
    try:
        os.link(temporary, path)
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def default_portal_url(environment):
    """Return the most likely public address, for when PORTAL_URL is not set."""
    scheme = "https" if environment.https else "http"
    public = [host for host in environment.allowed_hosts if host not in LOOPBACK]
    if public and environment.behind_proxy:
        return f"{scheme}://{public[0].lstrip('.')}"
    return f"{scheme}://{public[0].lstrip('.') if public else '127.0.0.1'}:{environment.port}"

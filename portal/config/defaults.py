"""Defaults of settings that depend on other settings."""

import os
import secrets

from portal.config import env_parsers as values

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def default_folder(known):
    return values.folder(str(known.base_dir / "var"))


def kept_secret_key(known):
    """Return the key in the data folder, generated on the first start."""
    path = known.data_dir / "secret_key"
    try:
        if not path.exists():
            _write_once(path, secrets.token_urlsafe(64))
        return values.secret_key(path.read_text())
    except (OSError, ValueError):
        raise ValueError(f"a readable secret key in {path}, or SECRET_KEY to be set") from None


def _write_once(path, text):
    """Create the file atomically, readable by its owner only; the first writer wins."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def default_address(known):
    """Return the most likely public address, for when PORTAL_URL is not set."""
    scheme = "https" if known.https else "http"
    public = [host for host in known.allowed_hosts if host not in LOOPBACK]
    if public and known.behind_proxy:
        return f"{scheme}://{public[0].lstrip('.')}"
    return f"{scheme}://{public[0].lstrip('.') if public else '127.0.0.1'}:{known.port}"

"""Parsers of environment variables.

Each parser receives non-empty text and raises ValueError with the expected format, worded so
that it can follow "expected".
"""

import ipaddress
import os
import re
from contextlib import suppress
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from environ import Env

HOST_NAME = re.compile(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:]+\]", re.IGNORECASE)
RATE = re.compile(r"[1-9]\d*/(s|sec|second|m|min|minute|h|hour|d|day)")
PICTURE = re.compile(r"([\w-]+/)*[\w-]+\.(svg|png|webp|avif)", re.ASCII)
#: Default ports of mail servers: plain text, STARTTLS and implicit TLS.
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


def boolean(text):
    if text.lower() in ("true", "yes", "on", "1"):
        return True
    if text.lower() in ("false", "no", "off", "0"):
        return False
    raise ValueError("true or false")


def whole_number(minimum, maximum):
    """Return a parser of whole numbers from `minimum` to `maximum`, both included."""

    def parse(text):
        if text.isascii() and text.isdigit() and minimum <= int(text[:20]) <= maximum:
            return int(text)
        raise ValueError(f"a whole number from {minimum} to {maximum}")

    return parse


def one_of(*choices):
    """Return a case-insensitive parser of one of the choices, which are in upper case."""

    def parse(text):
        if text.upper() in choices:
            return text.upper()
        raise ValueError("one of " + ", ".join(choices))

    return parse


def subset_of(*choices):
    """Return a parser of a comma-separated list of at least one of the choices, each once."""

    def parse(text):
        items = _items(text)
        if items and set(items) <= set(choices) and len(set(items)) == len(items):
            return items
        raise ValueError(
            "a comma-separated list of " + ", ".join(choices) + ", each at most once"
        )

    return parse


def single_line(text):
    if text.isprintable():
        return text
    raise ValueError("a single line of text")


def secret_key(text):
    if len(text) >= 50 and len(set(text)) >= 5:
        return text
    raise ValueError("at least 50 random characters")


def secret_keys(text):
    """Parse secret keys separated by commas."""
    return [secret_key(key) for key in _items(text)]


def host_names(text):
    hosts = _items(text)
    if hosts and all(HOST_NAME.fullmatch(host) for host in hosts):
        return hosts
    raise ValueError("host names without scheme or port, separated by commas")


def ip_address(text):
    try:
        return str(ipaddress.ip_address("127.0.0.1" if text == "localhost" else text))
    except ValueError:
        raise ValueError(
            "an IP address of this machine, such as 127.0.0.1 or 0.0.0.0"
        ) from None


def web_address(text):
    """Parse the scheme and host of a URL, and drop its trailing slash."""
    expected = (
        "http:// or https:// and a host without a path, such as https://calls.example.org"
    )
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise ValueError(expected) from None
    bracketed = f"[{host}]" if host and ":" in host else host
    if parts.scheme not in ("http", "https") or not HOST_NAME.fullmatch(bracketed or ""):
        raise ValueError(expected)
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(expected)
    return f"{parts.scheme}://{parts.netloc}"


def email_address(text):
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError("an e-mail address, such as calls@example.org") from None
    return text


def sender(text):
    """Parse an e-mail address, alone or as `Name <address>`."""
    try:
        email_address(parseaddr(single_line(text))[1])
    except ValueError:
        raise ValueError("an e-mail address, alone or as Name <calls@example.org>") from None
    return text


def time_zone(text):
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        raise ValueError("an IANA time zone, such as Europe/Brussels") from None
    return text


def rate(text):
    if RATE.fullmatch(text):
        return text
    raise ValueError("a number of requests per s, min, hour or day, such as 300/min")


def folder(text):
    """Parse the absolute path of a writable folder, and create it if it is missing."""
    path = Path(text).expanduser()
    if path.is_absolute():
        with suppress(OSError):  # any failure is reported below
            path.mkdir(mode=0o750, parents=True, exist_ok=True)
        if path.is_dir() and os.access(path, os.R_OK | os.W_OK | os.X_OK):
            return path
    raise ValueError("the absolute path of a folder that this user can write to")


def image_path(text):
    """Parse a path inside the media folder that needs no quoting in a URL."""
    if PICTURE.fullmatch(text):
        return text
    raise ValueError(
        "the path of an image (.svg, .png, .webp or .avif) inside DATA_DIR/media, "
        "written with letters, digits, - and _"
    )


def sqlite(path):
    """Return Django's settings for an SQLite file with many readers and one writer."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Acquire the write lock at BEGIN: upgrading a read lock later fails at once,
            # regardless of the timeout.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def database(text):
    expected = "postgres://user:password@host:5432/name or sqlite:////folder/file.sqlite3"
    scheme = text.partition("://")[0]
    if scheme == "sqlite":
        path = Path(text.removeprefix("sqlite:///"))
        if path.is_absolute() and path.parent.is_dir() and not path.is_dir():
            return sqlite(path)
    if scheme in ("postgres", "postgresql"):
        config = _parsed(Env.db_url_config, text, expected)
        if config["NAME"]:
            return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | config
    raise ValueError(expected)


def cache(text):
    """Parse a Redis URL into Django's settings for a cache that all workers share."""
    from redis import ConnectionPool  # lazy, because importing it is slow

    _parsed(ConnectionPool.from_url, text, "redis://host:6379/0, rediss://… or unix://…")
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": text,
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }


def mail_server(text):
    """Parse the URL of a mail server into Django's EMAIL settings."""
    expected = "smtp://, smtp+tls:// or smtp+ssl:// and user:password@host:port"
    scheme = text.partition("://")[0]
    config = _parsed(Env.email_url_config, text, expected)
    if scheme not in MAIL_PORTS or not config["EMAIL_HOST"]:
        raise ValueError(expected)
    return {
        "EMAIL_BACKEND": config["EMAIL_BACKEND"],
        "EMAIL_HOST": config["EMAIL_HOST"],
        "EMAIL_PORT": config["EMAIL_PORT"] or MAIL_PORTS[scheme],
        "EMAIL_HOST_USER": config["EMAIL_HOST_USER"] or "",
        "EMAIL_HOST_PASSWORD": config["EMAIL_HOST_PASSWORD"] or "",
        "EMAIL_USE_TLS": scheme == "smtp+tls",
        "EMAIL_USE_SSL": scheme == "smtp+ssl",
    }


def mail_service(text):
    """Parse the (name, secret) of the service that reports bounces."""
    name, _colon, secret = text.partition(":")
    by_password = name in ("brevo", "mailjet", "postmark", "sparkpost") and ":" in secret
    if secret and (name == "mailgun" or by_password):
        return name, secret
    raise ValueError(
        "mailgun:signing-key, or brevo, mailjet, postmark or sparkpost and :user:password"
    )


def _items(text):
    return [item.strip() for item in text.split(",") if item.strip()]


def _parsed(parse, text, expected):
    """Call a library's parser, and raise ValueError with `expected` for any exception."""
    try:
        return parse(text)
    except Exception:
        raise ValueError(expected) from None

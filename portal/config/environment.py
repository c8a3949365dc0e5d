"""Settings of an installation, read from environment variables and the file `.env`.

`Environment` declares each variable once: parser, default and description. A test compares the
declarations with the README's table.
"""

import os
import secrets
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.http.request import validate_host
from django.utils.translation import gettext_lazy as _

from portal.config import env_parsers as values
from portal.config.env_vars import InvalidSetting, read_dotenv, variable

#: Languages of the interface, by code.
INTERFACE_LANGUAGES = {"en": _("English"), "fr": _("French"), "nl": _("Dutch")}
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
#: Variables of other programs with names that resemble ours.
FOREIGN_NAMES = {"LANGUAGE"}


def _default_folder(known):
    return values.folder(str(known.base_dir / "var"))


def _kept_secret_key(known):
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


def _default_address(known):
    """Return the most likely public address, for when PORTAL_URL is not set."""
    scheme = "https" if known.https else "http"
    public = [host for host in known.allowed_hosts if host not in LOOPBACK]
    if public and known.behind_proxy:
        return f"{scheme}://{public[0].lstrip('.')}"
    return f"{scheme}://{public[0].lstrip('.') if public else '127.0.0.1'}:{known.port}"


@dataclass(frozen=True)
class Environment:
    """Validated settings of an installation.

    The order of the fields matters: a default may depend on the fields above it.
    """

    base_dir: Path

    # Identity
    portal_name: str = variable(
        "PORTAL_NAME", values.line, "Open Calls", "Name of the portal, in headings and mails."
    )
    portal_tagline: str = variable(
        "PORTAL_TAGLINE",
        values.line,
        "",
        "One line under the name, for example the organisation behind the portal.",
    )
    portal_logo: str = variable(
        "PORTAL_LOGO",
        values.picture,
        "",
        "Path of the logo inside `DATA_DIR/media`: `logo.svg`.",
    )
    contact_email: str = variable(
        "PORTAL_CONTACT_EMAIL", values.email_address, "", "E-mail address for readers."
    )
    languages: list = variable(
        "LANGUAGES",
        values.some_of(*INTERFACE_LANGUAGES),
        "en,fr,nl",
        "Languages of the portal, out of `en`, `fr` and `nl`; the first is the default.",
    )
    time_zone: str = variable(
        "TIME_ZONE", values.time_zone, "Europe/Brussels", "Time zone of the funder's office."
    )

    # The server
    host: str = variable(
        "HOST", values.ip_address, "127.0.0.1", "Address that the server listens on."
    )
    port: int = variable(
        "PORT", values.whole_number(1, 65535), "8000", "Port that the server listens on."
    )
    workers: int = variable(
        "WORKERS",
        values.whole_number(1, 64),
        "1",
        "Processes that serve; more than one needs `REDIS_URL`.",
    )
    allowed_hosts: list = variable(
        "ALLOWED_HOSTS",
        values.host_names,
        ",".join(LOOPBACK),
        "Host names that the portal answers to, separated by commas.",
    )
    https: bool = variable(
        "HTTPS",
        values.boolean,
        "false",
        "Serve over HTTPS: redirects, HSTS, secure cookies.",
    )
    behind_proxy: bool = variable(
        "BEHIND_PROXY",
        values.boolean,
        "as `HTTPS`",
        "A reverse proxy ends TLS and sets `X-Forwarded-Proto`.",
        derive=lambda known: known.https,
    )
    portal_url: str = variable(
        "PORTAL_URL",
        values.web_address,
        "from `HTTPS`, `ALLOWED_HOSTS` and `PORT`",
        "Public scheme and host, for links in e-mails and feeds.",
        derive=_default_address,
    )
    api_rate: str = variable(
        "API_RATE", values.rate, "300/min", "API requests allowed per IP address before a 429."
    )
    check_external_links: bool = variable(
        "CHECK_EXTERNAL_LINKS",
        values.boolean,
        "false",
        "Check links to other sites each night.",
    )

    # Data
    data_dir: Path = variable(
        "DATA_DIR",
        values.folder,
        "`var` in the project",
        "Folder for the database, uploads, static files, e-mails and the secret key.",
        derive=_default_folder,
    )
    database: dict = variable(
        "DATABASE_URL",
        values.database,
        "SQLite in `DATA_DIR`",
        "`postgres://user:password@host:5432/name` or `sqlite:////folder/file.sqlite3`.",
        derive=lambda known: values.sqlite(known.data_dir / "portal.sqlite3"),
        secret=True,
    )
    cache: dict = variable(
        "REDIS_URL",
        values.cache,
        "memory of each worker",
        "Redis shared by the workers, for caching and rate limits: `redis://host:6379/0`.",
        derive=lambda known: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
        secret=True,
    )
    max_upload_mb: int = variable(
        "MAX_UPLOAD_MB",
        values.whole_number(1, 1024),
        "25",
        "Maximum size of an uploaded image or document, in megabytes.",
    )
    demo_content: bool = variable(
        "DEMO_CONTENT", values.boolean, "true", "Load the demo content into an empty database."
    )
    review_required: bool = variable(
        "REVIEW_REQUIRED",
        values.boolean,
        "false",
        "Require approval by a second person before publishing; needs two staff accounts.",
    )

    # Mail
    email: dict = variable(
        "EMAIL_URL",
        values.mail_server,
        "files in `DATA_DIR/mail`",
        "Mail server: `smtp+tls://user:password@host:587`, `smtp+ssl://…` or `smtp://…`.",
        derive=lambda known: {"EMAIL_BACKEND": "portal.mail.FolderBackend"},
        secret=True,
    )
    from_email: str = variable(
        "DEFAULT_FROM_EMAIL",
        values.sender,
        "portal@localhost",
        "Sender of the portal's e-mails: `Name <address>`.",
    )
    mail_service: tuple = variable(
        "MAIL_SERVICE",
        values.mail_service,
        "",
        "Mail service that reports bounces to `/mail-reports/`: `mailgun:signing-key`, "
        "`postmark:user:password`; also brevo, mailjet, sparkpost.",
        secret=True,
    )
    mail_rate: int = variable(
        "MAIL_RATE",
        values.whole_number(0, 1_000_000),
        "0",
        "Maximum e-mails a minute per connection to the mail server; 0 means no limit.",
    )

    # Newsletter
    newsletter_unconfirmed_days: int = variable(
        "NEWSLETTER_UNCONFIRMED_DAYS",
        values.whole_number(3, 90),
        "7",
        "Days after which an unconfirmed sign-up is deleted.",
    )
    newsletter_left_days: int = variable(
        "NEWSLETTER_LEFT_DAYS",
        values.whole_number(0, 3650),
        "30",
        "Days after which the address of an unsubscribed person is erased.",
    )
    newsletter_proof_days: int = variable(
        "NEWSLETTER_PROOF_DAYS",
        values.whole_number(0, 3650),
        "1095",
        "Days for which the proof of consent is kept after that, without the address.",
    )
    newsletter_keep_network: bool = variable(
        "NEWSLETTER_KEEP_NETWORK",
        values.boolean,
        "true",
        "Keep the first half of the IP address with the proof of consent.",
    )
    newsletter_blocked_domains: list = variable(
        "NEWSLETTER_BLOCKED_DOMAINS",
        values.host_names,
        "",
        "Further domains of disposable addresses that cannot subscribe.",
    )

    # Security and operation
    secret_key: str = variable(
        "SECRET_KEY",
        values.secret_key,
        "generated, in `DATA_DIR`",
        "At least 50 random characters that sign sessions and links.",
        derive=_kept_secret_key,
        secret=True,
    )
    secret_key_fallbacks: list = variable(
        "SECRET_KEY_FALLBACKS",
        values.secret_keys,
        "",
        "Former keys, separated by commas: links and blocked addresses made with them stay "
        "valid.",
        secret=True,
    )
    debug: bool = variable(
        "DEBUG", values.boolean, "false", "Error pages with details; on this machine only."
    )
    log_level: str = variable(
        "LOG_LEVEL",
        values.one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        "INFO",
        "Lowest severity to log.",
    )

    @property
    def trusted_origins(self):
        """Origins that may post forms: the public address, as a proxy may hide its scheme."""
        return [self.portal_url]


#: All variables, in the order of the README's table.
VARIABLES = [item.metadata["variable"] for item in fields(Environment) if item.metadata]


def read_environment(base_dir, environ=os.environ):
    """Return the Environment from the variables and from `.env` in `base_dir`; variables win.

    Raises InvalidSetting for the first value that cannot be used.
    """
    given = read_dotenv(base_dir / ".env") | dict(environ)
    known = SimpleNamespace(base_dir=base_dir)
    for item in fields(Environment):
        if item.metadata:
            setattr(known, item.name, item.metadata["variable"].read(given, known))
    environment = Environment(**vars(known))
    _refuse_contradictions(environment)
    return environment


def misspelt_names(names):
    """Yield (name, likely intended variable) for unknown names that resemble a variable."""
    known = [item.name for item in VARIABLES]
    for name in sorted(set(names) - set(known) - FOREIGN_NAMES):
        for meant in get_close_matches(name, known, n=1, cutoff=0.85):
            yield name, meant


def _refuse_contradictions(environment):
    for contradiction in _contradictions(environment):
        raise InvalidSetting(contradiction)


def _contradictions(environment):
    address = urlsplit(environment.portal_url)
    host = f"[{address.hostname}]" if ":" in address.hostname else address.hostname
    if not validate_host(host, environment.allowed_hosts):
        yield f"ALLOWED_HOSTS does not include {host}, the host of PORTAL_URL; add it."
    if environment.https and address.scheme != "https":
        yield f"PORTAL_URL is {environment.portal_url}; expected https, because HTTPS is true."
    logo = environment.data_dir / "media" / environment.portal_logo
    if environment.portal_logo and not logo.is_file():
        yield f"PORTAL_LOGO is {environment.portal_logo!r}; expected the file {logo} to exist."
    if environment.debug:
        exposed = {*environment.allowed_hosts, environment.host} - {*LOOPBACK, "::1"}
        for name in sorted(exposed):
            yield (
                f"DEBUG is true, which shows internals to readers, and ALLOWED_HOSTS or HOST "
                f"names {name}; expected DEBUG=false or names of this machine only."
            )

"""Settings of an installation.

`Environment` declares each variable once: parser, default and description. A test compares the
declarations with the table in docs/settings.md.
"""

from dataclasses import dataclass, fields
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from portal.config import env_parsers
from portal.config.defaults import (
    LOOPBACK,
    default_data_dir,
    default_portal_url,
    stored_secret_key,
)
from portal.config.env_vars import variable

#: Languages of the interface, by code.
INTERFACE_LANGUAGES = {"en": _("English"), "fr": _("French"), "nl": _("Dutch")}


@dataclass(frozen=True)
class Environment:
    """Validated settings of an installation.

    The order of the fields matters: a default may depend on the fields above it.
    """

    base_dir: Path

    # Identity
    portal_name: str = variable(
        "PORTAL_NAME",
        env_parsers.single_line,
        "Open Calls",
        "Name of the portal, in headings and mails.",
    )
    portal_tagline: str = variable(
        "PORTAL_TAGLINE",
        env_parsers.single_line,
        "",
        "One line under the name, for example the organisation behind the portal.",
    )
    portal_logo: str = variable(
        "PORTAL_LOGO",
        env_parsers.image_path,
        "",
        "Path of the logo inside `DATA_DIR/media`: `logo.svg`.",
    )
    contact_email: str = variable(
        "PORTAL_CONTACT_EMAIL", env_parsers.email_address, "", "E-mail address for readers."
    )
    languages: list = variable(
        "LANGUAGES",
        env_parsers.subset_of(*INTERFACE_LANGUAGES),
        "en,fr,nl",
        "Languages of the portal, out of `en`, `fr` and `nl`; the first is the default.",
    )
    time_zone: str = variable(
        "TIME_ZONE",
        env_parsers.time_zone,
        "Europe/Brussels",
        "Time zone of the funder's office.",
    )

    # The server
    host: str = variable(
        "HOST", env_parsers.ip_address, "127.0.0.1", "Address that the server listens on."
    )
    port: int = variable(
        "PORT", env_parsers.whole_number(1, 65535), "8000", "Port that the server listens on."
    )
    workers: int = variable(
        "WORKERS",
        env_parsers.whole_number(1, 64),
        "1",
        "Processes that serve; more than one needs `REDIS_URL`.",
    )
    allowed_hosts: list = variable(
        "ALLOWED_HOSTS",
        env_parsers.host_names,
        ",".join(LOOPBACK),
        "Host names that the portal answers to, separated by commas.",
    )
    https: bool = variable(
        "HTTPS",
        env_parsers.boolean,
        "false",
        "Serve over HTTPS: redirects, HSTS, secure cookies.",
    )
    behind_proxy: bool = variable(
        "BEHIND_PROXY",
        env_parsers.boolean,
        "as `HTTPS`",
        "A reverse proxy ends TLS and sets `X-Forwarded-Proto`.",
        derive=lambda environment: environment.https,
    )
    portal_url: str = variable(
        "PORTAL_URL",
        env_parsers.web_address,
        "from `HTTPS`, `ALLOWED_HOSTS` and `PORT`",
        "Public scheme and host, for links in e-mails and feeds.",
        derive=default_portal_url,
    )
    api_rate: str = variable(
        "API_RATE",
        env_parsers.rate,
        "300/min",
        "API requests allowed per IP address before a 429.",
    )
    check_external_links: bool = variable(
        "CHECK_EXTERNAL_LINKS",
        env_parsers.boolean,
        "false",
        "Check links to other sites each night.",
    )

    # Data
    data_dir: Path = variable(
        "DATA_DIR",
        env_parsers.folder,
        "`var` in the project",
        "Folder for the database, uploads, static files, e-mails and the secret key.",
        derive=default_data_dir,
    )
    database: dict = variable(
        "DATABASE_URL",
        env_parsers.database,
        "SQLite in `DATA_DIR`",
        "`postgres://user:password@host:5432/name` or `sqlite:////folder/file.sqlite3`.",
        derive=lambda environment: env_parsers.sqlite(environment.data_dir / "portal.sqlite3"),
        secret=True,
    )
    cache: dict = variable(
        "REDIS_URL",
        env_parsers.cache,
        "memory of each worker",
        "Redis shared by the workers, for caching and rate limits: `redis://host:6379/0`.",
        derive=lambda environment: {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        },
        secret=True,
    )
    page_cache_mb: int = variable(
        "PAGE_CACHE_MB",
        env_parsers.whole_number(0, 65536),
        "0",
        "Memory of each worker for rendered pages, in megabytes; 0 means no page cache.",
    )
    max_upload_mb: int = variable(
        "MAX_UPLOAD_MB",
        env_parsers.whole_number(1, 1024),
        "25",
        "Maximum size of an uploaded image or document, in megabytes.",
    )
    demo_content: bool = variable(
        "DEMO_CONTENT",
        env_parsers.boolean,
        "true",
        "Load the demo content into an empty database.",
    )
    review_required: bool = variable(
        "REVIEW_REQUIRED",
        env_parsers.boolean,
        "false",
        "Require approval by a second person before publishing; needs two staff accounts.",
    )

    # Mail
    email: dict = variable(
        "EMAIL_URL",
        env_parsers.mail_server,
        "files in `DATA_DIR/mail`",
        "Mail server: `smtp+tls://user:password@host:587`, `smtp+ssl://…` or `smtp://…`.",
        derive=lambda environment: {"EMAIL_BACKEND": "portal.mail.FolderBackend"},
        secret=True,
    )
    from_email: str = variable(
        "DEFAULT_FROM_EMAIL",
        env_parsers.sender,
        "portal@localhost",
        "Sender of the portal's e-mails: `Name <address>`.",
    )
    mail_service: tuple = variable(
        "MAIL_SERVICE",
        env_parsers.mail_service,
        "",
        "Mail service that reports bounces to `/mail-reports/`: `mailgun:signing-key`, "
        "`postmark:user:password`; also brevo, mailjet, sparkpost.",
        secret=True,
    )
    mail_rate: int = variable(
        "MAIL_RATE",
        env_parsers.whole_number(0, 1_000_000),
        "0",
        "Maximum e-mails a minute per connection to the mail server; 0 means no limit.",
    )

    # Newsletter
    newsletter_unconfirmed_days: int = variable(
        "NEWSLETTER_UNCONFIRMED_DAYS",
        env_parsers.whole_number(3, 90),
        "7",
        "Days after which an unconfirmed sign-up is deleted.",
    )
    newsletter_left_days: int = variable(
        "NEWSLETTER_LEFT_DAYS",
        env_parsers.whole_number(0, 3650),
        "30",
        "Days after which the address of an unsubscribed person is erased.",
    )
    newsletter_proof_days: int = variable(
        "NEWSLETTER_PROOF_DAYS",
        env_parsers.whole_number(0, 3650),
        "1095",
        "Days for which the proof of consent is kept after that, without the address.",
    )
    newsletter_keep_network: bool = variable(
        "NEWSLETTER_KEEP_NETWORK",
        env_parsers.boolean,
        "true",
        "Keep the first half of the IP address with the proof of consent.",
    )
    newsletter_blocked_domains: list = variable(
        "NEWSLETTER_BLOCKED_DOMAINS",
        env_parsers.host_names,
        "",
        "Further domains of disposable addresses that cannot subscribe.",
    )

    # Security and operation
    secret_key: str = variable(
        "SECRET_KEY",
        env_parsers.secret_key,
        "generated, in `DATA_DIR`",
        "At least 50 random characters that sign sessions and links.",
        derive=stored_secret_key,
        secret=True,
    )
    secret_key_fallbacks: list = variable(
        "SECRET_KEY_FALLBACKS",
        env_parsers.secret_keys,
        "",
        "Former keys, separated by commas: links and blocked addresses made with them stay "
        "valid.",
        secret=True,
    )
    debug: bool = variable(
        "DEBUG", env_parsers.boolean, "false", "Error pages with details; on this machine only."
    )
    log_level: str = variable(
        "LOG_LEVEL",
        env_parsers.one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
        "INFO",
        "Lowest severity to log.",
    )

    @property
    def trusted_origins(self):
        """Origins that may post forms: the public address, as a proxy may hide its scheme."""
        return [self.portal_url]


#: All variables, in the order of the table in docs/settings.md.
VARIABLES = [item.metadata["variable"] for item in fields(Environment) if item.metadata]

"""Settings of the portal.

Values that differ between installations come from environment variables, which
docs/settings.md documents.
"""

import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from whitenoise.compress import Compressor

from portal.config import INTERFACE_LANGUAGES, InvalidSetting, read_environment

BASE_DIR = Path(__file__).resolve().parent.parent
try:
    ENV = read_environment(BASE_DIR)
except InvalidSetting as problem:
    sys.exit(str(problem))

# --- The installation -------------------------------------------------------------------

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
SECRET_KEY_FALLBACKS = list(ENV.secret_key_fallbacks)
ALLOWED_HOSTS = ENV.allowed_hosts
CSRF_TRUSTED_ORIGINS = ENV.trusted_origins
DATA_DIR = ENV.data_dir

PORTAL_NAME = ENV.portal_name
PORTAL_TAGLINE = ENV.portal_tagline
#: Public scheme and host without a trailing slash, for mails and feeds, which are created
#: outside a request.
PORTAL_URL = ENV.portal_url
PORTAL_CONTACT_EMAIL = ENV.contact_email

#: Check external links, too, in the nightly report of broken links.
CHECK_EXTERNAL_LINKS = ENV.check_external_links
#: Load the demo content when `serve` finds an empty database.
DEMO_CONTENT = ENV.demo_content
#: Require the approval of a second person before publishing.
REVIEW_REQUIRED = ENV.review_required
#: Address, port and number of processes of `serve`.
HOST = ENV.host
PORT = ENV.port
WORKERS = ENV.workers
#: Threads per process. For up to 11 processes the total stays below 100, PostgreSQL's
#: default limit of connections.
THREADS = max(8, min(32, 90 // WORKERS))

# --- Applications -----------------------------------------------------------------------

INSTALLED_APPS = [
    "modeltranslation",
    "portal.apps.PortalConfig",
    "newsletter",
    "news",
    "calls",
    "initiatives",
    "pages",
    "accounts",
    "backoffice",
    "website",
    "syndication",
    "search",
    "media",
    "publishing",
    "page_cache",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "portal.apps.PortalStaticFilesConfig",
    "csp",
    "django_filters",
    "django_prose_editor",
    "drf_spectacular",
    "imagefield",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.server.middleware.BadRequestMiddleware",
    "page_cache.middleware.GZipMiddleware",
    "page_cache.middleware.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "page_cache.middleware.CacheableMiddleware",
]

AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.context_processors.portal",
            ],
        },
    },
]

# --- Data -------------------------------------------------------------------------------

DATABASES = {"default": ENV.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": ENV.cache}
#: Bytes of pages that each worker keeps in memory; 0 means none.
PAGE_CACHE_SIZE = ENV.page_cache_mb * 1024 * 1024

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Languages --------------------------------------------------------------------------

LANGUAGES = [(code, INTERFACE_LANGUAGES[code]) for code in ENV.languages]
LANGUAGE_CODE = ENV.languages[0]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = ENV.time_zone
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["portal.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
#: Every language has its columns, so that changing LANGUAGES needs no migration.
MODELTRANSLATION_LANGUAGES = tuple(INTERFACE_LANGUAGES)
MODELTRANSLATION_FALLBACK_LANGUAGES = tuple(ENV.languages)

# --- Files ------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
#: URL path of the logo, or an empty string.
PORTAL_LOGO = f"{MEDIA_URL}{ENV.portal_logo}" if ENV.portal_logo else ""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Private files, served only by a view that checks access.
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "documents", "base_url": None},
    },
    "staticfiles": {"BACKEND": "portal.static_storage.StaticFilesStorage"},
}
# Only developers fetch source maps, and compressing them is slower than all the rest.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "avif", "map")
IMAGEFIELD_BIN_DEPTH = 2
#: Maximum bytes of an uploaded file (a form error) and of a request (refused unread).
MAX_UPLOAD_SIZE = ENV.max_upload_mb * 1024 * 1024
MAX_BODY_SIZE = 4 * MAX_UPLOAD_SIZE
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Mail -------------------------------------------------------------------------------

EMAIL_BACKEND = ENV.email["EMAIL_BACKEND"]
EMAIL_HOST = ENV.email.get("EMAIL_HOST", "localhost")
EMAIL_PORT = ENV.email.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = ENV.email.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENV.email.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = ENV.email.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = ENV.email.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 30
#: Mails per minute over one connection; 0 means no limit.
MAIL_RATE = ENV.mail_rate
#: Service that reports bounces, or an empty string, and the secret of its webhook.
MAIL_SERVICE, _secret = ENV.mail_service or ("", "")
_proof = "MAILGUN_WEBHOOK_SIGNING_KEY" if MAIL_SERVICE == "mailgun" else "WEBHOOK_SECRET"
ANYMAIL = {_proof: _secret}
DEFAULT_FROM_EMAIL = ENV.from_email
SERVER_EMAIL = ENV.from_email

# --- Security ---------------------------------------------------------------------------

SECURE_SSL_REDIRECT = ENV.https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.https
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.behind_proxy else None
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.views.csrf_failure"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

#: No inline code and no other hosts. The nonce is only in the header of pages that use it
#: (the admin's editor), which are never cached.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}

# --- Newsletter -------------------------------------------------------------------------

NEWSLETTER_UNCONFIRMED_DAYS = ENV.newsletter_unconfirmed_days
NEWSLETTER_LEFT_DAYS = ENV.newsletter_left_days
NEWSLETTER_PROOF_DAYS = ENV.newsletter_proof_days
NEWSLETTER_KEEP_NETWORK = ENV.newsletter_keep_network
NEWSLETTER_BLOCKED_DOMAINS = ENV.newsletter_blocked_domains

# --- API --------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "website.api.pagination.Pagination",
    "DEFAULT_FILTER_BACKENDS": ["website.api.filtering.StrictFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "website.api.schema.EndpointSchema",
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anon": ENV.api_rate},
    # Otherwise clients could evade throttling by forging X-Forwarded-For.
    "NUM_PROXIES": 1 if ENV.behind_proxy else 0,
    "EXCEPTION_HANDLER": "website.api.problems.problem_details",
    "UNAUTHENTICATED_USER": None,
    # Reject `?format=` like any other unknown parameter.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{PORTAL_NAME} API",
    "DESCRIPTION": (BASE_DIR / "website" / "api" / "introduction.md").read_text(),
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # Keep enums inline: as components, each would need a name here.
    "POSTPROCESSING_HOOKS": ["website.api.schema.without_enum_ids"],
}

# --- Logging ----------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "filters": {
        "on_purpose": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: "Python threads" not in record.getMessage(),
        }
    },
    "loggers": {
        # Both log every success; the server also warns about the number of THREADS.
        "_granian": {"level": "WARNING", "filters": ["on_purpose"]},
        "imagefield": {"level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": ENV.log_level},
}

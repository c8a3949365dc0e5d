"""System checks for settings that conflict with each other or do not suit production."""

import os

from django.conf import settings
from django.core.checks import Info, Tags, Warning, register

from portal.config.env_vars import read_dotenv
from portal.config.reading import misspelt_names
from portal.mail import uses_mail_server


@register(Tags.caches)
def check_workers_share_a_cache(app_configs=None, **kwargs):
    backend = settings.CACHES["default"]["BACKEND"]
    if settings.WORKERS == 1 or not backend.endswith("LocMemCache"):
        return []
    return [
        Warning(
            f"WORKERS is {settings.WORKERS}, but REDIS_URL is not set: each worker has its own "
            "cache, so readers can see outdated pages, and the API allows each IP address "
            f"{settings.WORKERS} times its rate.",
            hint="Set REDIS_URL, or WORKERS=1.",
            id="portal.W001",
        )
    ]


@register
def check_misspelt_variables(app_configs=None, **kwargs):
    names = {*os.environ, *read_dotenv(settings.BASE_DIR / ".env")}
    return [
        Warning(
            f"The environment variable {name} is not a setting of the portal.",
            hint=f"Did you mean {suggestion}?",
            id="portal.W002",
        )
        for name, suggestion in misspelt_names(names)
    ]


@register(deploy=True)
def check_mail_is_sent(app_configs=None, **kwargs):
    if uses_mail_server():
        return []
    return [
        Info(
            f"EMAIL_URL is not set: e-mails are saved in {settings.EMAIL_FILE_PATH} and "
            "not sent.",
            hint="Set EMAIL_URL and DEFAULT_FROM_EMAIL.",
            id="portal.I001",
        )
    ]

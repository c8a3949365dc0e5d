"""WSGI application of the portal."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup(set_prefix=False)

from portal.server.handler import cached_application  # noqa: E402 - needs the settings

application = cached_application()

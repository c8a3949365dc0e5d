"""Settings read from environment variables and the file `.env`, and checked together."""

import os
from dataclasses import fields
from difflib import get_close_matches
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.http.request import validate_host

from portal.config.defaults import LOOPBACK
from portal.config.env_vars import InvalidSetting, read_dotenv
from portal.config.environment import VARIABLES, Environment

#: Variables of other programs with names that resemble ours.
FOREIGN_NAMES = {"LANGUAGE"}


def read_environment(base_dir, environ=os.environ):
    """Return the Environment from the variables and from `.env` in `base_dir`; variables win.

    Raises InvalidSetting for the first value that cannot be used.
    """
    variables = read_dotenv(base_dir / ".env") | dict(environ)
    values = SimpleNamespace(base_dir=base_dir)
    for item in fields(Environment):
        if item.metadata:
            setattr(values, item.name, item.metadata["variable"].read(variables, values))
    environment = Environment(**vars(values))
    _reject_contradictions(environment)
    return environment


def misspelt_names(names):
    """Yield (name, likely intended variable) for unknown names that resemble a variable."""
    known = [item.name for item in VARIABLES]
    for name in sorted(set(names) - set(known) - FOREIGN_NAMES):
        for suggestion in get_close_matches(name, known, n=1, cutoff=0.85):
            yield name, suggestion


def _reject_contradictions(environment):
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

"""Settings of a test run."""

import os
import tempfile

# A test run must not write into the portal's data.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-tests-")
os.environ.setdefault(
    "SECRET_KEY", "the key of a test run, which protects nothing of value to anyone"
)

# Each process of a run has a Redis database of its own, which its tests may empty.
if (url := os.environ.get("REDIS_URL")) and (
    worker := os.environ.get("PYTEST_XDIST_WORKER", "").removeprefix("gw")
):
    server, _slash, number = url.rpartition("/")
    os.environ["REDIS_URL"] = f"{server}/{int(number) - int(worker)}"

from portal.settings import *  # noqa: E402, F403 - only now that the environment is set
from portal.settings import STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(parents=True)  # WhiteNoise warns about a missing folder

# Skip building style sheets, and hash passwords quickly rather than safely.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True

"""The portal's real server on the demo content, in a process of its own.

Static files are served as in production. The database is always SQLite, whatever the other
tests use, so that every run has the same content.
"""

import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

#: Seconds that bound every wait, generous for busy machines.
TIMEOUT = 60


@dataclass(frozen=True)
class Server:
    url: str
    data_dir: Path

    def mails(self):
        """Return the mails sent so far, oldest first."""
        folder = self.data_dir / "mail"
        return [path.read_text() for path in sorted(folder.glob("*"), key=os.path.getmtime)]


def environment(data_dir, **variables):
    return {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": os.environ["SECRET_KEY"],
        "DATA_DIR": str(data_dir),
        "LOG_LEVEL": "WARNING",
        "API_RATE": "10000/s",
        **variables,
    }


def manage(data_dir, *arguments, **variables):
    run(data_dir, "manage.py", *arguments, **variables)


def run(data_dir, *arguments, **variables):
    subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=environment(data_dir, **variables),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def prepare(data_dir):
    """Fill the data folder with static files and content."""
    with ThreadPoolExecutor() as pool:
        steps = [
            pool.submit(manage, data_dir, "collectstatic", "--noinput"),
            pool.submit(run, data_dir, "-m", "tests.browser.content"),
        ]
    for step in steps:
        step.result()


@contextmanager
def serve(data_dir):
    """Run the server on a prepared data folder and yield a Server."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    options = ["--blocking-threads", "4", "--no-ws", "portal.wsgi:application"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=settings.BASE_DIR,
        env=environment(data_dir, PORTAL_URL=url),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{url}/health/", process)
        yield Server(url, data_dir)
    finally:
        process.terminate()
        process.wait(TIMEOUT)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url, process):
    end = time.monotonic() + TIMEOUT
    while process.poll() is None and time.monotonic() < end:
        try:
            urlopen(url).close()  # noqa: S310 - our own
            return
        except URLError:
            time.sleep(0.1)
    raise RuntimeError("The portal was not served; its messages are above.")

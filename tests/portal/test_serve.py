import os
import re
import signal
import socket
import subprocess
import sys
import time
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management.base import CommandError

from initiatives.models import Initiative
from portal.management import login_rows
from portal.server import ensure_superuser, is_empty, require_free_port

#: Seconds that bound every wait, generous for busy machines.
TIMEOUT = 600


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve(tmp_path, free_port):
    """Start the server as the leader of its own process group, as a terminal does."""
    started = []

    def start(command="serve", **environ):
        process = subprocess.Popen(
            [sys.executable, "manage.py", command],
            cwd=settings.BASE_DIR,
            env={
                "PATH": os.environ["PATH"],
                "DATA_DIR": str(tmp_path),
                "DEMO_CONTENT": "false",
                "PORT": str(free_port),
                **environ,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()


def wait_until_served(process, port):
    end = time.monotonic() + TIMEOUT
    while process.poll() is None and time.monotonic() < end:
        try:
            with urlopen(f"http://127.0.0.1:{port}/") as answer:  # noqa: S310 - our own
                return answer.status
        except HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"Not served: {process.communicate()[0]}")


def processes_of_group(group):
    listed = subprocess.run(["ps", "-eo", "pgid="], capture_output=True, text=True, check=True)
    return listed.stdout.split().count(str(group))


PLAN = """
from accounts.models import User
from django.utils import timezone
from pages.models import Page
from publishing.models import Schedule
from publishing.workflow import schedule
page = Page.objects.create(title_en="Planned", slug="planned")
by = User.objects.get()
at = timezone.now() + timezone.timedelta(seconds=1)
schedule(item=page, at=at, timezone="UTC", by=by, reason="Agreed")
"""


def plan_publication(data_dir):
    """Schedule the publication of a page in one second, from another process."""
    subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", PLAN],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)},
        check=True,
    )


def wait_until_found(port, path):
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        try:
            return urlopen(f"http://127.0.0.1:{port}{path}").close()  # noqa: S310 - our own
        except HTTPError:
            time.sleep(0.2)
    pytest.fail(f"Not published: {path}")


def test_serve_prepares_serves_and_ends_cleanly(serve, free_port, tmp_path):
    first = serve()
    assert wait_until_served(first, free_port) == 200
    os.killpg(first.pid, signal.SIGINT)  # what Ctrl-C does
    output, _ = first.communicate(timeout=TIMEOUT)
    assert first.returncode == 0
    assert processes_of_group(first.pid) == 0
    assert f"http://127.0.0.1:{free_port}/" in output
    assert re.search(r"Login +admin\n", output)
    assert re.search(r"Password +[a-z2-9-]{23} ", output)
    for word in ("Traceback", "ERROR", "WARNING"):
        assert word not in output

    second = serve(WORKERS="2")
    assert wait_until_served(second, free_port) == 200
    plan_publication(tmp_path)
    wait_until_found(free_port, "/en/pages/planned/")
    second.terminate()
    output, _ = second.communicate(timeout=TIMEOUT)
    assert second.returncode == 0
    assert processes_of_group(second.pid) == 0
    assert "Killing" not in output
    assert "Password" not in output
    assert "make password" in output
    assert "Traceback" not in output


def test_serve_on_a_taken_port_says_so_and_prepares_nothing(serve, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        output, _ = serve(PORT=str(port)).communicate(timeout=TIMEOUT)
    assert output.splitlines() == [
        f"CommandError: Another program uses port {port} of 127.0.0.1. "
        "Stop it, or set PORT to another number."
    ]
    assert not (tmp_path / "portal.sqlite3").exists()


def test_serve_without_its_database_says_so(serve):
    process = serve(DATABASE_URL="postgres://portal:hunter2@127.0.0.1:1/portal")
    output, _ = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 1
    assert "CommandError: The database cannot be prepared: " in output
    assert "Traceback" not in output
    assert "hunter2" not in output


def test_serve_without_its_cache_says_so(serve):
    process = serve(REDIS_URL="redis://:hunter2@127.0.0.1:1/0")
    output, _ = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 1
    assert "CommandError: The cache at REDIS_URL does not respond: " in output
    assert "Traceback" not in output
    assert "hunter2" not in output


def test_an_address_of_another_machine_is_refused(free_port):
    with pytest.raises(CommandError, match="not an address of this machine"):
        require_free_port("192.0.2.1", free_port)


def test_the_first_login_works_and_is_made_once(db):
    username, password = ensure_superuser()
    user = authenticate(username=username, password=password)
    assert user.is_superuser
    assert user.is_staff
    assert ensure_superuser() is None
    assert "make password" in login_rows(None)[0][1]


def test_a_name_that_is_taken_is_left_alone(db):
    taken = get_user_model().objects.create_user("admin", password="kept-as-it-was")
    username, _ = ensure_superuser()
    assert username == "admin2"
    taken.refresh_from_db()
    assert not taken.is_superuser
    assert taken.check_password("kept-as-it-was")


def test_a_database_with_a_draft_is_not_empty(db):
    assert is_empty()
    Initiative.objects.create(title="A draft", slug="a-draft")
    assert not is_empty()

"""Commands for developers in a fresh clone, where no static files were collected."""

import os
import re
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.conf import settings

from tests.portal.test_serve import TIMEOUT, free_port, serve, wait_until_served

__all__ = ["free_port", "serve"]
STYLE_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


def manage(data_dir, *arguments, **environ):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir), **environ},
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
    )
    assert done.returncode == 0, done.stderr
    return done


def fetch(port, path):
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:  # noqa: S310 - our own
        return answer.read().decode()


def test_shell_requests_pages_before_static_files_are_collected(tmp_path):
    manage(tmp_path, "migrate", "-v0")
    code = "from django.test import Client; print(Client().get('/en/').status_code)"
    done = manage(tmp_path, "shell", "-v0", "-c", code)
    assert done.stdout == "200\n"
    assert done.stderr.count("No static files were collected") == 1
    assert "Traceback" not in done.stderr


def test_development_server_reads_static_files_from_their_sources(serve, free_port, tmp_path):
    environ = {"DEBUG": "true", "PORT": str(free_port)}
    prepared = manage(tmp_path, "prepare", DEMO_CONTENT="false", **environ).stdout
    assert re.search(r"Login +admin\n", prepared)
    assert not (tmp_path / "static").exists()

    server = serve("runserver", DEBUG="true")
    assert wait_until_served(server, free_port) == 200
    addresses = STYLE_SHEET.findall(fetch(free_port, "/en/"))
    assert "/static/css/index.css" in addresses
    source = settings.BASE_DIR / "static" / "css" / "index.css"
    assert fetch(free_port, "/static/css/index.css") == source.read_text()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_development_server_listens_where_the_portal_does(host, monkeypatch, settings):
    from portal.management.commands import runserver

    called = []
    monkeypatch.setattr(runserver.Command, "default_addr", host)
    monkeypatch.setattr(runserver.Command, "default_addr_ipv6", host)
    monkeypatch.setattr(runserver.Command, "default_port", "9000")
    monkeypatch.setattr(runserver.Command, "run", lambda self, **_options: called.append(self))
    settings.HOST = host
    command = runserver.Command()
    command.handle(addrport=None, use_ipv6=False, use_reloader=True)
    (one,) = called
    assert (one.addr, one.port, one.use_ipv6) == (host, "9000", ":" in host)

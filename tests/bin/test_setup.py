import shutil
import subprocess
import sys

import pytest
from django.conf import settings

ENOUGH = "/usr/bin:/bin"


def project(folder):
    """Return a function that runs bin/setup in a new project with a given Python."""
    clone = folder / "clone"
    (clone / "bin").mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "bin" / "setup", clone / "bin" / "setup")
    for name in ("requirements.txt", "requirements-dev.txt"):
        (clone / name).write_text("")

    def run(*arguments, python=sys.executable):
        return subprocess.run(
            [clone / "bin" / "setup", *arguments],
            env={"PATH": ENOUGH, "PYTHON": str(python)},
            capture_output=True,
            text=True,
        )

    run.clone = clone
    return run


@pytest.fixture
def setup(tmp_path):
    return project(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project with a virtual environment, shared because it takes seconds to make."""
    setup = project(tmp_path_factory.mktemp("made"))
    setup.first = setup("dev")
    return setup


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def sentence(done):
    """Return the error message, after checking that setup failed and wrote nothing else."""
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    return line


def test_a_missing_python_is_named(setup, tmp_path):
    assert "there is no " in sentence(setup(python=tmp_path / "python3"))
    assert not (setup.clone / ".venv").exists()


def test_an_old_python_is_named_with_its_version(setup, tmp_path):
    old = script(tmp_path / "python3", '[ "$1" = --version ] && echo Python 3.9.2')
    assert f"{old} is Python 3.9.2" in sentence(setup(python=old))


def test_a_missing_venv_module_is_named_with_its_package(setup, tmp_path):
    bare = script(tmp_path / "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    assert "apt install python3-venv" in sentence(setup(python=bare))


def test_setup_makes_what_is_missing_and_skips_what_is_there(made):
    assert made.first.returncode == 0, made.first.stderr
    assert "Making the virtual environment" in made.first.stdout
    assert (made.clone / ".venv" / "bin" / "python").exists()
    again = made("dev")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def test_a_changed_lock_is_installed_again(made):
    (made.clone / "requirements.txt").write_text("# another lock\n")
    assert "Installing the libraries of requirements.txt" in made().stdout
    assert made().stdout == ""


def test_a_lock_that_cannot_be_installed_is_named_and_tried_again(made):
    (made.clone / "requirements.txt").write_text("no requirement\n")
    for _ in range(2):
        done = made()
        assert done.returncode == 1
        assert done.stderr.splitlines()[-1].startswith("The libraries of requirements.txt ")
    (made.clone / "requirements.txt").write_text("")


def test_a_broken_environment_is_made_anew(made):
    (made.clone / ".venv" / "bin" / "python").unlink()
    assert "Making the virtual environment" in made().stdout
    assert made().stdout == ""

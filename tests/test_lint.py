"""The hooks of pre-commit and `make lint` check the same."""

import re

import yaml
from django.conf import settings


def commands_of_make(target):
    text = (settings.BASE_DIR / "Makefile").read_text()
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", text, re.MULTILINE)[1]
    lines = recipe.replace("$(PYTHON_OF_VENV)", ".venv/bin/python").splitlines()
    commands = [line.replace("$(TEMPLATES)", "").strip() for line in lines]
    return [command for command in commands if not command.startswith("@")]


def test_hooks_run_the_commands_of_make_lint_and_nothing_from_the_network():
    config = yaml.safe_load((settings.BASE_DIR / ".pre-commit-config.yaml").read_text())
    assert {repository["repo"] for repository in config["repos"]} == {"local"}
    hooks = [hook for repository in config["repos"] for hook in repository["hooks"]]
    assert {hook["language"] for hook in hooks} == {"system"}
    assert [hook["entry"] for hook in hooks] == commands_of_make("lint")

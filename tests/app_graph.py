"""Picture of the apps in docs/architecture.md, generated from their imports.

`python -m tests.app_graph` updates the document.
"""

import os
import re
from collections import defaultdict
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from tests.test_architecture import APPS, SOURCES, imports  # noqa: E402 - needs settings

DOCUMENT = Path(__file__).parent.parent / "docs" / "architecture.md"
BLOCK = re.compile(r"```mermaid\n.*?```\n", re.DOTALL)


def imported_apps():
    """Return {app: apps that its modules import from}."""
    graph = defaultdict(set)
    for name, path in SOURCES.items():
        app = name.split(".")[0]
        graph[app] |= {module.split(".")[0] for module, _name in imports(path)} - {app}
    return graph


def reduced(graph):
    """Return the graph without the arrows that follow from others."""
    return {
        app: below - set().union(*(reachable(graph, other) for other in below))
        for app, below in graph.items()
    }


def reachable(graph, app):
    """Return all apps that an app imports from, directly or through others."""
    found = set()
    for below in graph[app]:
        found |= {below} | reachable(graph, below)
    return found


def picture():
    """Return the Mermaid block."""
    graph = reduced(imported_apps())
    arrows = [
        f"    {app} --> {below}"
        for app in reversed(APPS)
        for below in sorted(graph[app], key=APPS.index, reverse=True)
    ]
    return "\n".join(["```mermaid", "flowchart TD", *arrows, "```", ""])


def update():
    text = DOCUMENT.read_text()
    DOCUMENT.write_text(BLOCK.sub(lambda _match: picture(), text, count=1))


if __name__ == "__main__":
    update()

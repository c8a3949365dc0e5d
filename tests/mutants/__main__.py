"""Mutation tests: python -m tests.mutants [target …]

Changes the code in small ways, one at a time, and counts how often the tests fail. Exits with
an error if less than 90 % of the mutants of a target are killed, apart from those that
`equivalent.toml` lists.

The work is kept in var/mutants/. A second run tests only the survivors and the functions that
were changed; delete that folder to start afresh.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import time
import tomllib
from pathlib import Path

from tests.mutants.targets import TARGETS

FLOOR = 0.9
BASE = Path(__file__).parents[2]
WORK = BASE / "var" / "mutants"
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
#: A test that hangs has noticed the mutant, too.
KILLED = {"killed", "timeout"}


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("targets", nargs="*", metavar="target", help=", ".join(TARGETS))
    names = parser.parse_args().targets or list(TARGETS)
    if unknown := [name for name in names if name not in TARGETS]:
        parser.error(f"no such target: {', '.join(unknown)}")
    failed = [name for name in names if not report(name)]
    if failed:
        sys.exit(f"Too few mutants killed: {', '.join(failed)}.")


def report(name):
    """Test the mutants of a target, print the result, and return whether it suffices."""
    start = time.monotonic()
    mutants = tested(name)
    minutes = (time.monotonic() - start) / 60
    living = [mutant for mutant in mutants if mutant["status"] not in KILLED]
    known = equivalent()
    survivors = [mutant for mutant in living if identity(mutant) not in known]
    for mutant in survivors:
        write(f"\n{mutant['name']}: {mutant['status']}\n{mutant['diff']}")
    killed, excused = len(mutants) - len(living), len(living) - len(survivors)
    share = killed / (len(mutants) - excused)
    write(
        f"{name}: {len(mutants)} mutants, {killed} killed, {excused} equivalent, "
        f"{len(survivors)} survived; {share:.1%} killed, {minutes:.0f} min"
    )
    for one in sorted(known - {identity(mutant) for mutant in living}):
        if of_target(one[0], name):
            write(f"No longer a survivor, remove it from {EQUIVALENT.name}: {one}")
    return share >= FLOOR


def tested(name):
    """Run mutmut in a folder of links to the project, and return the mutants."""
    folder = WORK / name
    folder.mkdir(parents=True, exist_ok=True)
    for path in BASE.iterdir():
        link = folder / path.name
        if not path.name.startswith(".") and path.name != "var" and not link.exists():
            link.symlink_to(path)
    script = Path(__file__).with_name("mutate.py")
    other = {"DATABASE_URL", "REDIS_URL"}  # the default is SQLite, which tests keep in memory
    environment = {name: value for name, value in os.environ.items() if name not in other}
    subprocess.run([sys.executable, script, name], cwd=folder, env=environment, check=True)
    return json.loads((folder / "result.json").read_text())


def equivalent():
    """Return the identities of the mutants that no test can kill."""
    listed = tomllib.loads(EQUIVALENT.read_text())["mutants"]
    return {(one["function"], one["old"], one["new"]) for one in listed}


def identity(mutant):
    """Return (function, old lines, new lines), which other changes of a module leave alone."""
    lines = mutant["diff"].splitlines()[2:]
    old, new = (
        "\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return function_name(mutant["name"]), old, new


def function_name(mutant):
    """Return "app.module.Class.method" of a mutant named as mutmut does."""
    module, _dot, mangled = mutant.rpartition(".")
    name = re.sub(r"__mutmut_\d+$", "", mangled)
    name = name[2:].replace("ǁ", ".") if name.startswith("xǁ") else name.removeprefix("x_")
    return f"{module}.{name}"


def of_target(function, name):
    path = "/".join(function.split("."))
    patterns = [module.removesuffix(".py").replace("*", "") for module in TARGETS[name].modules]
    return any(path.startswith(pattern) for pattern in patterns)


def write(text):
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()

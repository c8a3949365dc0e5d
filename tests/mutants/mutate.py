"""Run mutmut for one target, in the current folder. A script: see `tests.mutants.__main__`.

mutmut skips functions with decorators, since its copies of a function would be decorated, too.
Ours are often decorated, by `transaction.atomic`, `property` and the like, so here the copies
lose their decorators and only the function that calls them keeps its own.
"""

import json
import sys
from pathlib import Path

import libcst as cst
from mutmut import configuration
from mutmut.__main__ import _run, status_by_exit_code
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.utils.file_utils import walk_mutatable_files
from targets import TARGETS

#: Functions that translate texts. A change of wording is not a mistake that tests must find.
TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
BINDING = {"classmethod", "staticmethod"}
arrange_as_mutmut = file_mutation.function_trampoline_arrangement


class Visitor(file_mutation.MutationVisitor):
    def _skip_node_and_children(self, node):
        if isinstance(node, cst.Call) and getattr(node.func, "value", None) in TRANSLATING:
            return True
        if isinstance(node, cst.FunctionDef) and node.decorators:
            return False
        return super()._skip_node_and_children(node)


def without_decorators(function):
    kept = [
        each
        for each in function.decorators
        if getattr(each.decorator, "value", None) in BINDING
    ]
    return function.with_changes(decorators=kept)


def arrange(function, mutants, class_name):
    declaration, functions, assignments, names = arrange_as_mutmut(
        function, mutants, class_name
    )
    caller, *copies = functions
    return declaration, [caller, *map(without_decorators, copies)], assignments, names


def results():
    """Yield the name, status and diff of each mutant."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            status = status_by_exit_code[code]
            diff = "" if status == "killed" else get_diff_for_mutant(name, path=path)
            yield {"name": name, "status": status, "diff": diff}


def forget_survivors():
    """Forget the earlier results of mutants that were not killed, so that they are tested."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        for name, code in data.exit_code_by_key.items():
            if status_by_exit_code[code] != "killed":
                data.exit_code_by_key[name] = None
        if data.exit_code_by_key:
            data.save()


def main(name):
    file_mutation.MutationVisitor = Visitor
    file_mutation.function_trampoline_arrangement = arrange
    config = configuration.config()
    config.only_mutate, config.pytest_add_cli_args_test_selection = TARGETS[name]
    forget_survivors()
    _run((), max_children=1)
    Path("result.json").write_text(json.dumps(list(results()), indent=1))


if __name__ == "__main__":
    sys.path.pop(0)
    main(sys.argv[1])

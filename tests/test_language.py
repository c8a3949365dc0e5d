"""Plain English in docstrings and comments, measured over the product and its tests."""

import ast
import io
import re
import tokenize
from functools import cache

import pytest
from django.conf import settings

from tests.test_architecture import APPS

QUESTION = re.compile(r"(What|Who|Whom|Whose|Whether|Where|When|How|Which)\b")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
#: Words of the project's former dialect, and how many are allowed in 10,000 words.
LIMITS = {
    r"tell|tells|told|telling": 3,
    r"stand|stands|stood|standing": 3,
    r"hold|holds|held|holding": 5,
}


def sources():
    for folder in [*APPS, "tests"]:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def docstrings():
    """Return {place in the code: docstring}."""
    found = {}
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, kinds) and (text := ast.get_docstring(node)):
                line = getattr(node, "lineno", 1)
                found[f"{path.relative_to(settings.BASE_DIR)}:{line}"] = text
    return found


@cache
def comments():
    """Return {place in the code: comment}."""
    found = {}
    for path in sources():
        for token in tokenize.generate_tokens(io.StringIO(path.read_text()).readline):
            if token.type == tokenize.COMMENT:
                place = f"{path.relative_to(settings.BASE_DIR)}:{token.start[0]}"
                found[place] = token.string
    return found


def test_docstrings_begin_with_no_question_word():
    wrong = [place for place, text in docstrings().items() if QUESTION.match(text)]
    assert len(wrong) <= len(docstrings()) / 100, wrong


@pytest.mark.parametrize("forms", LIMITS)
def test_words_of_the_former_dialect_are_rare(forms):
    texts = [*docstrings().items(), *comments().items()]
    words = sum(len(WORD.findall(text)) for _place, text in texts)
    pattern = re.compile(rf"\b({forms})\b", re.IGNORECASE)
    uses = [place for place, text in texts for _use in pattern.findall(text)]
    assert len(uses) <= LIMITS[forms] * words / 10_000, uses

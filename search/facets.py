"""Facet codes in the index, for counting and filtering search results.

fkcallscall  type     ft12  topic 12 or a narrower one   fy2026  year
fi7          initiative 7                                flfr    reader's language
"""

from collections import Counter

from search.source import searched_models

KIND, TOPIC, YEAR, INITIATIVE, LANGUAGE = "fk", "ft", "fy", "fi", "fl"


def kind_code(model):
    options = model._meta
    return KIND + f"{options.app_label}{options.model_name}".replace("_", "")


def language_code(language):
    return LANGUAGE + language.replace("-", "").lower()


def kinds():
    """Return {type code: model} of all searched models."""
    return {kind_code(model): model for model in searched_models()}


def counted(candidates, prefix):
    """Return {code without prefix: number of entries}, most frequent first."""
    codes = Counter(
        code
        for candidate in candidates
        for code in set(candidate.facets.split())
        if code.startswith(prefix)
    )
    return {code.removeprefix(prefix): number for code, number in codes.most_common()}

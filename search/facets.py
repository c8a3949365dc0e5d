"""What found items are counted and filtered by, as codes of the index.

fkcallscall  type     ft12  topic 12 or one below it     fy2026  year
fi7          initiative 7                                flfr    language of readers
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
    """The searched models by their codes."""
    return {kind_code(model): model for model in searched_models()}


def counted(candidates, prefix):
    """{what stands after the prefix: number of entries}, the most frequent first."""
    codes = Counter(
        code
        for candidate in candidates
        for code in set(candidate.facets.split())
        if code.startswith(prefix)
    )
    return {code.removeprefix(prefix): number for code, number in codes.most_common()}

"""Success rates as text."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from calls.fields import percent
from localisation import formats

#: (name of the count that passed, name of the base) -> sentence of the success rate.
SENTENCES = {
    ("funded", "submitted"): gettext_lazy("%(passed)s funded out of %(base)s submitted"),
    ("funded", "eligible"): gettext_lazy("%(passed)s funded out of %(base)s eligible"),
    ("invited", "submitted"): gettext_lazy(
        "%(passed)s invited to the next stage out of %(base)s submitted"
    ),
    ("invited", "eligible"): gettext_lazy(
        "%(passed)s invited to the next stage out of %(base)s eligible"
    ),
}


@dataclass(frozen=True)
class Rate:
    """A success rate as texts: `percent`, and `sentence` with the two numbers."""

    title: str
    percent: str
    sentence: str


def rate(title, passed, base):
    """Return the Rate of `passed` out of `base`, both (name of the count, number)."""
    numbers = {"passed": formats.number(passed[1]), "base": formats.number(base[1])}
    share = percent(round(100 * passed[1] / base[1], 1))
    return Rate(title, share, SENTENCES[passed[0], base[0]] % numbers)

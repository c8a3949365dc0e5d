"""Questions and answers of a call: when readers first saw them, when they changed, by section.

The functions take the questions as they are in memory, of a live call as of a version or a
preview; what `date_questions` tells comes from the published versions.
"""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import resolution_order

from calls.models import Question
from localisation.languages import localized
from publishing.models import Revision
from publishing.references import find_targets

#: So many answers stand on the page of the call itself.
ON_THE_PAGE = 5


def questions_of(call):
    """The questions of a call in order, ready to be shown: list of Question."""
    questions = list(call.questions.all())
    find_targets(questions)
    return questions


def date_questions(call, questions):
    """Set on each question of a published call `published_at` and, where readers of the active
    language have seen it otherwise before, `changed_at`; else that is None."""
    seen = _history(call) if questions else {}
    for question in questions:
        first, last = seen.get(question.pk) or [call.last_published_at] * 2
        question.published_at = first
        question.changed_at = last if last > first else None
        question.updated_at = last
    return questions


def _history(call):
    """{key of a question: (when it was first published, when its words last changed)}."""
    versions = Revision.objects.of(call).published().order_by("number")
    seen, words = {}, {}
    for at, rows in versions.values_list("created_at", "data__rows__questions"):
        for row in rows or []:
            key, told = row["pk"], _told(row["fields"])
            if words.get(key) != told:
                words[key] = told
                seen[key] = (seen.get(key, (at,))[0], at)
    return seen


def _told(fields):
    """What readers of the active language see of a question in a snapshot."""
    order = resolution_order(get_language() or settings.LANGUAGE_CODE)
    return [
        next(filter(None, (fields.get(localized(name, code)) for code in order)), "")
        for name in ("question", "answer")
    ]


@dataclass(frozen=True)
class Choice:
    """A section that a list of questions can be narrowed to; "" stands for all."""

    value: str
    label: str
    count: int
    is_current: bool


def count_by_section(questions):
    """{section: number of questions}."""
    return Counter(question.section for question in questions)


def choices(questions, current=""):
    """The Choices among these questions: all, and each section that has some."""
    counts = count_by_section(questions)
    counts[current] += 0
    sections = [pair for pair in Question.Section.choices if pair[0] in counts]
    return [
        Choice("", _("All"), len(questions), not current),
        *(Choice(key, name, counts[key], key == current) for key, name in sections),
    ]

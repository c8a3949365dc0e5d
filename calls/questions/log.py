"""Questions and answers of a call: dates of publication and change, sections.

Works on questions in memory, so that it also serves versions and previews; only
`set_question_dates` reads the published versions.
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
from publishing.references import prefetch_public_targets

#: Maximum number of answers on the page of the call itself.
MAX_ON_PAGE = 5


def questions_of(call):
    """Return the questions of a call in order, with the targets of their links."""
    questions = list(call.questions.all())
    prefetch_public_targets(questions)
    return questions


def set_question_dates(call, questions):
    """Set `published_at`, `changed_at` and `updated_at` on questions of a published call.

    `changed_at` is None unless the text in the active language has changed since it was
    published; `updated_at` is the later of the two. Return the questions.
    """
    history = _history(call) if questions else {}
    for question in questions:
        first, last = history.get(question.pk) or [call.last_published_at] * 2
        question.published_at = first
        question.changed_at = last if last > first else None
        question.updated_at = last
    return questions


def _history(call):
    """Return {key of a question: (first published at, text last changed at)}."""
    versions = Revision.objects.of(call).published().order_by("number")
    history, texts = {}, {}
    for at, rows in versions.values_list("created_at", "data__rows__questions"):
        for row in rows or []:
            key, displayed = row["pk"], _displayed_text(row["fields"])
            if texts.get(key) != displayed:
                texts[key] = displayed
                history[key] = (history.get(key, (at,))[0], at)
    return history


def _displayed_text(fields):
    """Return [question, answer] of a snapshot row as shown in the active language."""
    order = resolution_order(get_language() or settings.LANGUAGE_CODE)
    return [
        next(filter(None, (fields.get(localized(name, code)) for code in order)), "")
        for name in ("question", "answer")
    ]


@dataclass(frozen=True)
class SectionChoice:
    """A section that a list of questions can be filtered by; "" means all of them."""

    value: str
    label: str
    count: int
    is_current: bool


def count_by_section(questions):
    """Return {section: number of questions}."""
    return Counter(question.section for question in questions)


def section_choices(questions, current=""):
    """Return the SectionChoices for a list of questions: all, and each section that has any."""
    counts = count_by_section(questions)
    counts[current] += 0
    sections = [pair for pair in Question.Section.choices if pair[0] in counts]
    return [
        SectionChoice("", _("All"), len(questions), not current),
        *(SectionChoice(key, name, counts[key], key == current) for key, name in sections),
    ]

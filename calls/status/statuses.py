"""Statuses and stages of a call, and the intervals they last for."""

from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    CLOSING_SOON = "closing_soon", _("Closing soon")
    OPEN = "open", _("Open")
    FORTHCOMING = "forthcoming", _("Forthcoming")
    SUSPENDED = "suspended", _("Suspended")
    IN_EVALUATION = "in_evaluation", _("In evaluation")
    RESULTS_PUBLISHED = "results_published", _("Results published")
    CLOSED = "closed", _("Closed")


#: Statuses in which proposals are no longer accepted.
OVER = (Status.CLOSED, Status.IN_EVALUATION, Status.RESULTS_PUBLISHED)


class Stage(models.TextChoices):
    PRE_PROPOSAL = "pre-proposal", _("Pre-proposals")
    PRE_EVALUATION = "pre-evaluation", _("Evaluation of pre-proposals")
    FULL_PROPOSAL = "full-proposal", _("Full proposals")
    EVALUATION = "evaluation", _("Evaluation")
    REBUTTAL = "rebuttal", _("Rebuttal")
    PREPARATION = "preparation", _("Preparation of the projects")


class Span(NamedTuple):
    """Interval, excluding its end, in which a call has one status, stage and next deadline.

    `stage` is "" for none.
    """

    starts_at: datetime
    ends_at: datetime
    status: str
    stage: str
    #: The next deadline, or None.
    deadline_at: datetime | None

"""Reviews in the admin: requests, decisions and comments."""

from backoffice.review.asking import (
    answer_asked,
    ask_in_form,
    is_asked_in_form,
    review,
)
from backoffice.review.comments import comment
from backoffice.review.dashboard import review_panels
from backoffice.review.deciding import approve, request_changes, withdraw
from backoffice.review.lists import ReviewStateFilter, review_badge
from backoffice.review.parts import ReviewBeside
from backoffice.review.reviewers import reviewers

__all__ = [
    "ReviewBeside",
    "ReviewStateFilter",
    "answer_asked",
    "approve",
    "ask_in_form",
    "comment",
    "is_asked_in_form",
    "request_changes",
    "review",
    "review_badge",
    "review_panels",
    "reviewers",
    "withdraw",
]

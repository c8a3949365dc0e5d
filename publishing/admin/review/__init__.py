"""Reviews in the admin: requests, decisions and comments."""

from publishing.admin.review.asking import (
    answer_asked,
    ask_in_form,
    is_asked_in_form,
    review,
)
from publishing.admin.review.comments import comment
from publishing.admin.review.dashboard import review_panels
from publishing.admin.review.deciding import approve, request_changes, withdraw
from publishing.admin.review.lists import ReviewStateFilter, review_badge
from publishing.admin.review.parts import ReviewBeside
from publishing.admin.review.reviewers import reviewers

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

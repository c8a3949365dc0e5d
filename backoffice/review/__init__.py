"""Reviews in the admin: requests, decisions and comments."""

from backoffice.review.comments import comment
from backoffice.review.dashboard import review_panels
from backoffice.review.decisions import approve, request_changes, withdraw
from backoffice.review.lists import ReviewStateFilter, review_badge
from backoffice.review.parts import ReviewPart
from backoffice.review.requests import (
    is_review_requested,
    request_review,
    review,
    review_requested_response,
)
from backoffice.review.reviewers import reviewers

__all__ = [
    "ReviewPart",
    "ReviewStateFilter",
    "review_requested_response",
    "approve",
    "request_review",
    "comment",
    "is_review_requested",
    "request_changes",
    "review",
    "review_badge",
    "review_panels",
    "reviewers",
    "withdraw",
]

"""Modules to mutate, and the tests that must notice it.

A mutant is tested only by those tests of its target that reach the mutated function.
"""

from typing import NamedTuple


class Target(NamedTuple):
    modules: list[str]
    tests: list[str]


TARGETS = {
    "snapshots": Target(
        ["publishing/revisions/snapshots/*.py"],
        [
            "tests/publishing/test_snapshots.py",
            "tests/publishing/test_schedule_conflicts.py",
            "tests/publishing/test_workflow.py",
        ],
    ),
    "status": Target(
        [
            "calls/status/*.py",
            "calls/timeline/steps.py",
            "calls/timeline/deadline_changes.py",
        ],
        [
            "tests/calls/test_status.py",
            "tests/calls/test_timeline.py",
            "tests/calls/test_changes.py",
        ],
    ),
    "consortium": Target(
        ["calls/consortium/*.py", "calls/models/consortium_rule.py"],
        ["tests/calls/test_consortium.py"],
    ),
    "permissions": Target(
        [
            "accounts/apps.py",
            "accounts/models.py",
            "accounts/roles.py",
            "publishing/workflow/approval.py",
            "publishing/workflow/base.py",
        ],
        [
            "tests/accounts/test_roles.py",
            "tests/publishing/test_review.py",
            "tests/publishing/test_workflow.py",
        ],
    ),
    "workflow": Target(
        [
            "publishing/workflow/bundles.py",
            "publishing/workflow/comments.py",
            "publishing/workflow/deletion.py",
            "publishing/workflow/drafts.py",
            "publishing/workflow/publication.py",
            "publishing/workflow/review.py",
            "publishing/workflow/review_effects.py",
            "publishing/workflow/schedule.py",
        ],
        [
            "tests/publishing/test_review.py",
            "tests/publishing/test_schedule.py",
            "tests/publishing/test_schedule_conflicts.py",
            "tests/publishing/test_workflow.py",
        ],
    ),
    "delivery": Target(
        [
            "newsletter/delivery/queue.py",
            "newsletter/delivery/failures.py",
            "newsletter/delivery/retention.py",
            "newsletter/delivery/sending.py",
            "newsletter/delivery/transport.py",
            "newsletter/models/delivery.py",
            "newsletter/worker.py",
        ],
        [
            "tests/newsletter/test_mails.py",
            "tests/newsletter/test_sending.py",
            "tests/newsletter/test_worker.py",
        ],
    ),
}

"""State of the nightly jobs."""

from django.db import models


class NightlyRun(models.Model):
    """State of a nightly job; the worker that advances `due_at` runs it."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    #: Error of the last run.
    problem = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name

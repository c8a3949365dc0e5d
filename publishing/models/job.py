"""When the portal's nightly work was done, and is due again."""

from django.db import models


class NightlyRun(models.Model):
    """One nightly job: of several workers, the one that moves `due_at` does it."""

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    #: Why the last run failed.
    problem = models.TextField(blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.name

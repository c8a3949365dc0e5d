"""Rename fields of subscriptions and of runs of alerts."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("newsletter", "0001_initial")]

    operations = [
        migrations.RemoveConstraint("subscription", "newsletter_subscription_tells_why_it_ended"),
        migrations.RenameField("subscription", "what", "section"),
        migrations.RenameField("subscription", "told_until", "sent_until"),
        migrations.RenameField("subscription", "ended_why", "end_reason"),
        migrations.AddConstraint(
            "subscription",
            models.CheckConstraint(
                name="newsletter_subscription_has_a_reason_once_ended",
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
            ),
        ),
        migrations.RemoveConstraint("digestrun", "newsletter_digestrun_ends_once"),
        migrations.RemoveConstraint("digestrun", "newsletter_digestrun_begins_once"),
        migrations.RenameField("digestrun", "pace", "kind"),
        migrations.AddConstraint(
            "digestrun",
            models.UniqueConstraint(
                fields=["kind", "until"], name="newsletter_digestrun_ends_once"
            ),
        ),
        migrations.AddConstraint(
            "digestrun",
            models.UniqueConstraint(
                fields=["kind", "since"], name="newsletter_digestrun_begins_once"
            ),
        ),
    ]

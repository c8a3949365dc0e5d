"""Indexes that tell which calls' status or deadline window has changed since an instant; and
the phases once more: a call now closes soon before each of its cut-offs."""

from importlib import import_module

from django.db import migrations, models


def work_out(apps, schema_editor):
    apps.get_model("calls", "Phase").objects.all().delete()
    import_module("calls.migrations.0003_status").work_out(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0005_statistics"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="phase",
            index=models.Index(fields=["starts_at"], name="calls_phase_starts"),
        ),
        migrations.AddIndex(
            model_name="phase",
            index=models.Index(fields=["ends_at"], name="calls_phase_ends"),
        ),
        migrations.AddIndex(
            model_name="phase",
            index=models.Index(fields=["deadline_at"], name="calls_phase_deadline"),
        ),
        migrations.RunPython(work_out, migrations.RunPython.noop),
    ]

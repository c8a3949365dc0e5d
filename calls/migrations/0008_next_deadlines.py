"""The phases once more: their next deadline is the earliest of whatever kind."""

from importlib import import_module

from django.db import migrations


def work_out(apps, schema_editor):
    import_module("calls.migrations.0006_facets").work_out(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("calls", "0007_outcome"),
    ]

    operations = [
        migrations.RunPython(work_out, migrations.RunPython.noop),
    ]

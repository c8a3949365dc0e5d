"""When organisations were entered: what is known of those that are there is their last edit."""

import django.utils.timezone
from django.db import migrations, models


def date_back(apps, schema_editor):
    apps.get_model("initiatives", "Organisation").objects.update(created_at=models.F("updated_at"))


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, default=django.utils.timezone.now, verbose_name='created'),
            preserve_default=False,
        ),
        migrations.RunPython(date_back, migrations.RunPython.noop),
    ]

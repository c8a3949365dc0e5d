"""The roles of staff, once the permissions of all models exist."""

from django.db import migrations

from accounts.roles import make_roles


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("accounts", "0001_initial"),
        ("calls", "0001_initial"),
        ("initiatives", "0001_initial"),
        ("media", "0001_initial"),
        ("news", "0001_initial"),
        ("newsletter", "0001_initial"),
        ("pages", "0001_initial"),
        ("publishing", "0001_initial"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

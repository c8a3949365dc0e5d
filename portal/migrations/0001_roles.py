from django.db import migrations

from portal.roles import make_roles


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("calls", "0001_initial"),
        ("initiatives", "0001_initial"),
        ("news", "0001_initial"),
        ("newsletter", "0001_initial"),
        ("pages", "0001_initial"),
        ("publishing", "0008_checks"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

from django.db import migrations

from portal.roles import make_roles


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_roles"),
        ("newsletter", "0004_alerts"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]

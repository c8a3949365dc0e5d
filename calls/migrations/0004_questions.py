from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0003_status'),
    ]

    operations = []

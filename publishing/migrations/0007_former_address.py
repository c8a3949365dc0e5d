from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0006_preview_link'),
    ]

    operations = []

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0007_former_address'),
    ]

    operations = []

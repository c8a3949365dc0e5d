from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [
        migrations.RenameField("brokenlink", "answer", "http_status"),
        migrations.RenameField("comment", "place", "field_path"),
        migrations.RenameField("openform", "pairs", "form_data"),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0006_facets'),
    ]

    operations = [
        migrations.AddField(
            model_name='project',
            name='call_topic',
            field=models.CharField(blank=True, help_text="Its code and name, as in the call's text.", max_length=200, verbose_name='topic of the call'),
        ),
        migrations.AddField(
            model_name='project',
            name='fields_of_science',
            field=models.CharField(blank=True, help_text='As EuroSciVoc or another list names them, separated by commas.', max_length=300, verbose_name='fields of science'),
        ),
        migrations.AddField(
            model_name='project',
            name='fields_of_science_en',
            field=models.CharField(blank=True, help_text='As EuroSciVoc or another list names them, separated by commas.', max_length=300, null=True, verbose_name='fields of science'),
        ),
        migrations.AddField(
            model_name='project',
            name='fields_of_science_fr',
            field=models.CharField(blank=True, help_text='As EuroSciVoc or another list names them, separated by commas.', max_length=300, null=True, verbose_name='fields of science'),
        ),
        migrations.AddField(
            model_name='project',
            name='fields_of_science_nl',
            field=models.CharField(blank=True, help_text='As EuroSciVoc or another list names them, separated by commas.', max_length=300, null=True, verbose_name='fields of science'),
        ),
        migrations.AddField(
            model_name='project',
            name='programme',
            field=models.CharField(blank=True, help_text='The funding programme that the call belongs to, with its part.', max_length=200, verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='project',
            name='record_number',
            field=models.CharField(blank=True, help_text='Of the fact sheet elsewhere.', max_length=40, verbose_name='record number'),
        ),
        migrations.AddField(
            model_name='project',
            name='source_url',
            field=models.URLField(blank=True, help_text='For example in CORDIS.', max_length=500, verbose_name='fact sheet elsewhere'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0003_status'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('section', models.CharField(choices=[('aim', 'Aim'), ('eligibility', 'Who may apply'), ('dates', 'Key dates'), ('plan', 'What to do by when'), ('consortium', 'Rules of the consortium'), ('funders', 'Funders'), ('documents', 'Documents'), ('other', 'Something else')], default='other', help_text="The part of the call's page that the question is about.", max_length=16, verbose_name='section')),
                ('question', models.CharField(help_text='In general words: without the name or the project of whoever asked.', max_length=300, verbose_name='question')),
                ('question_en', models.CharField(help_text='In general words: without the name or the project of whoever asked.', max_length=300, null=True, verbose_name='question')),
                ('question_fr', models.CharField(help_text='In general words: without the name or the project of whoever asked.', max_length=300, null=True, verbose_name='question')),
                ('question_nl', models.CharField(help_text='In general words: without the name or the project of whoever asked.', max_length=300, null=True, verbose_name='question')),
                ('answer', models.TextField(verbose_name='answer')),
                ('answer_en', models.TextField(null=True, verbose_name='answer')),
                ('answer_fr', models.TextField(null=True, verbose_name='answer')),
                ('answer_nl', models.TextField(null=True, verbose_name='answer')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='answered on')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='calls.call', verbose_name='call')),
            ],
            options={
                'verbose_name': 'question and answer',
                'verbose_name_plural': 'questions and answers',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
    ]

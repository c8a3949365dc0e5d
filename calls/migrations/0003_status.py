"""Status and stage of calls as phases; and the phases of the calls that are there."""

import django.db.models.deletion

import calls.models.key_date
from django.db import migrations, models


def work_out(apps, schema_editor):
    """Fill opens_at, closes_at and the phases from the key dates."""
    # Held in memory only: what columns the tables get later makes no difference.
    from calls.models import KeyDate
    from calls.status import Timetable

    Call, Phase = apps.get_model("calls", "Call"), apps.get_model("calls", "Phase")
    columns = ("kind", "at", "ends_at", "timezone", "certainty", "precision")
    for call in Call.objects.prefetch_related("key_dates").iterator(chunk_size=500):
        rows = call.key_dates.all()
        dates = [KeyDate(**{name: getattr(row, name) for name in columns}) for row in rows]
        timetable = Timetable(dates)
        Call.objects.filter(pk=call.pk).update(**timetable.instants())
        Phase.objects.bulk_create(
            Phase(call=call, **span._asdict()) for span in timetable.spans()
        )


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0002_funder_rules'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='call',
            name='decides_at',
        ),
        migrations.AlterField(
            model_name='keydate',
            name='kind',
            field=models.CharField(choices=[('pre-announcement', 'Pre-announcement'), ('publication', 'Publication'), ('opening', 'Opening'), ('info-day', 'Information day'), ('registration', 'Deadline for registration'), ('pre-proposal', 'Deadline for pre-proposals'), ('stage-1-result', 'Result of the first stage'), ('full-proposal', 'Deadline for full proposals'), ('rebuttal', 'Rebuttal'), ('decision', 'Decision'), ('results', 'Publication of the results'), ('project-start', 'Start of the projects'), ('suspension', 'Suspension of the call'), ('resumption', 'Resumption of the call')], max_length=20, verbose_name='what'),
        ),
        migrations.AlterField(
            model_name='keydate',
            name='at',
            field=models.DateTimeField(validators=[calls.models.key_date.validate_year], verbose_name='when'),
        ),
        migrations.AlterField(
            model_name='keydate',
            name='ends_at',
            field=models.DateTimeField(blank=True, help_text='Only for what lasts, such as a rebuttal.', null=True, validators=[calls.models.key_date.validate_year], verbose_name='until'),
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
                ('status', models.CharField(choices=[('closing_soon', 'Closing soon'), ('open', 'Open'), ('forthcoming', 'Forthcoming'), ('suspended', 'Suspended'), ('in_evaluation', 'In evaluation'), ('results_published', 'Results published'), ('closed', 'Closed')], max_length=20, verbose_name='status')),
                ('stage', models.CharField(blank=True, choices=[('pre-proposal', 'Pre-proposals'), ('pre-evaluation', 'Evaluation of pre-proposals'), ('full-proposal', 'Full proposals'), ('evaluation', 'Evaluation'), ('rebuttal', 'Rebuttal'), ('preparation', 'Preparation of the projects')], max_length=20, verbose_name='stage')),
                ('deadline_at', models.DateTimeField(null=True, verbose_name='next deadline')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='calls.call')),
            ],
            options={
                'verbose_name': 'phase',
                'verbose_name_plural': 'phases',
                'indexes': [models.Index(fields=['status', 'ends_at', 'starts_at'], name='calls_phase_status'), models.Index(fields=['stage', 'ends_at', 'starts_at'], name='calls_phase_stage')],
                'constraints': [models.UniqueConstraint(fields=('call', 'starts_at'), name='calls_phase_starts_once'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='calls_phase_ends_after_it_starts')],
            },
        ),
        migrations.RunPython(work_out, migrations.RunPython.noop),
    ]

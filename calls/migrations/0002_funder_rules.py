import calls.fields
import django.core.validators
import django.db.models.deletion
import publishing.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0001_initial'),
        ('initiatives', '0001_initial'),
        ('publishing', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsortiumRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('kind', models.CharField(choices=[('min-partners', 'At least so many partners'), ('max-partners', 'At most so many partners'), ('min-countries', 'Partners from at least so many countries'), ('max-per-country', 'At most so many from one country'), ('max-self-funded', 'At most so many with own money'), ('required-kind', 'At least so many of certain kinds'), ('coordinator-country', 'Coordinator from certain countries'), ('coordinator-funded', 'Coordinator asks a funder of the call')], max_length=24, verbose_name='rule')),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='number')),
                ('counts', models.CharField(choices=[('all', 'All partners'), ('funded', 'Only those who ask for funding')], default='all', max_length=8, verbose_name='who counts')),
                ('countries', calls.fields.CountriesField(blank=True, help_text='Two-letter codes with spaces between: BE FR NL. EU stands for its Member States.', max_length=800, verbose_name='only these countries')),
                ('organisation_kinds', calls.fields.KindsField(blank=True, default=list, verbose_name='kinds of organisation')),
                ('clause', models.TextField(help_text='Word for word as in the text of the call.', max_length=1000, verbose_name='clause')),
                ('clause_en', models.TextField(help_text='Word for word as in the text of the call.', max_length=1000, null=True, verbose_name='clause')),
                ('clause_fr', models.TextField(help_text='Word for word as in the text of the call.', max_length=1000, null=True, verbose_name='clause')),
                ('clause_nl', models.TextField(help_text='Word for word as in the text of the call.', max_length=1000, null=True, verbose_name='clause')),
                ('section', models.CharField(blank=True, help_text='For example section 5.2.', max_length=80, verbose_name='where it stands')),
                ('section_en', models.CharField(blank=True, help_text='For example section 5.2.', max_length=80, null=True, verbose_name='where it stands')),
                ('section_fr', models.CharField(blank=True, help_text='For example section 5.2.', max_length=80, null=True, verbose_name='where it stands')),
                ('section_nl', models.CharField(blank=True, help_text='For example section 5.2.', max_length=80, null=True, verbose_name='where it stands')),
            ],
            options={
                'verbose_name': 'rule of the consortium',
                'verbose_name_plural': 'rules of the consortium',
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='eligible_costs',
            field=models.TextField(blank=True, max_length=1000, verbose_name='eligible costs'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='eligible_costs_en',
            field=models.TextField(blank=True, max_length=1000, null=True, verbose_name='eligible costs'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='eligible_costs_fr',
            field=models.TextField(blank=True, max_length=1000, null=True, verbose_name='eligible costs'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='eligible_costs_nl',
            field=models.TextField(blank=True, max_length=1000, null=True, verbose_name='eligible costs'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='eligible_kinds',
            field=calls.fields.FundingRatesField(blank=True, default=dict, help_text="Tick nothing while it isn't known. A rate is optional.", verbose_name='whom it pays, and at which rate'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='expected_partners',
            field=models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10000)], verbose_name='partners expected to be funded'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='extra_step',
            field=models.TextField(blank=True, help_text="What this funder's applicants have to do beside the joint proposal.", max_length=1000, verbose_name='extra national step'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='extra_step_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='deadline of that step'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='extra_step_en',
            field=models.TextField(blank=True, help_text="What this funder's applicants have to do beside the joint proposal.", max_length=1000, null=True, verbose_name='extra national step'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='extra_step_fr',
            field=models.TextField(blank=True, help_text="What this funder's applicants have to do beside the joint proposal.", max_length=1000, null=True, verbose_name='extra national step'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='extra_step_nl',
            field=models.TextField(blank=True, help_text="What this funder's applicants have to do beside the joint proposal.", max_length=1000, null=True, verbose_name='extra national step'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='extra_step_url',
            field=models.URLField(blank=True, max_length=500, verbose_name='form of that step'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='ineligible_costs',
            field=models.TextField(blank=True, max_length=1000, verbose_name="costs it doesn't pay"),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='ineligible_costs_en',
            field=models.TextField(blank=True, max_length=1000, null=True, verbose_name="costs it doesn't pay"),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='ineligible_costs_fr',
            field=models.TextField(blank=True, max_length=1000, null=True, verbose_name="costs it doesn't pay"),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='ineligible_costs_nl',
            field=models.TextField(blank=True, max_length=1000, null=True, verbose_name="costs it doesn't pay"),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='max_per_coordinator',
            field=publishing.fields.AmountField(blank=True, decimal_places=2, help_text='Only where it differs.', max_digits=15, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='maximum per coordinator'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='max_per_partner',
            field=publishing.fields.AmountField(blank=True, decimal_places=2, help_text='In the same currency.', max_digits=15, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='maximum per partner'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='programme',
            field=models.CharField(blank=True, help_text='Out of which the funder pays, by its own name.', max_length=200, verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='programme_en',
            field=models.CharField(blank=True, help_text='Out of which the funder pays, by its own name.', max_length=200, null=True, verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='programme_fr',
            field=models.CharField(blank=True, help_text='Out of which the funder pays, by its own name.', max_length=200, null=True, verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='programme_nl',
            field=models.CharField(blank=True, help_text='Out of which the funder pays, by its own name.', max_length=200, null=True, verbose_name='programme'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='region',
            field=models.ForeignKey(blank=True, help_text='Empty for a funder that pays in its whole country.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.region', verbose_name='pays in this region only'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='rules_document',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.document', verbose_name='document with its rules'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='timezone',
            field=publishing.fields.TimeZoneField(default=publishing.fields.default_time_zone, help_text='The zone in which the time was announced, for example Europe/Brussels.', max_length=64, verbose_name='time zone'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='trl_from',
            field=models.PositiveSmallIntegerField(blank=True, help_text='Technology readiness level, 1 to 9.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='TRL from'),
        ),
        migrations.AddField(
            model_name='funderoffer',
            name='trl_to',
            field=models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(9)], verbose_name='TRL to'),
        ),
        migrations.AddConstraint(
            model_name='funderoffer',
            constraint=models.CheckConstraint(condition=models.Q(('trl_from', None), ('trl_to', None), ('trl_to__gte', models.F('trl_from')), _connector='OR'), name='calls_offer_trl_ends_where_it_starts_or_above', violation_error_message='The upper TRL must not lie below the lower one.'),
        ),
        migrations.AddField(
            model_name='consortiumrule',
            name='call',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consortium_rules', to='calls.call', verbose_name='call'),
        ),
    ]

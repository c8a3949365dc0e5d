import django.core.validators
import django.db.models.deletion
import publishing.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0004_questions'),
        ('initiatives', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Statistic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('stage', models.CharField(choices=[('pre-proposal', 'Pre-proposals'), ('full-proposal', 'Full proposals'), ('whole', 'Whole call')], help_text='A call with one stage only: the whole call.', max_length=16, verbose_name='stage')),
                ('unit', models.CharField(choices=[('proposals', 'Proposals'), ('partners', 'Partners in proposals')], default='proposals', max_length=16, verbose_name='what is counted')),
                ('country', publishing.fields.CountryField(blank=True, help_text='Only for figures of one country.', max_length=2, verbose_name='country')),
                ('submitted', models.PositiveIntegerField(blank=True, help_text="Leave a number empty while it isn't known: 0 means none.", null=True, validators=[django.core.validators.MaxValueValidator(10000000)], verbose_name='submitted')),
                ('eligible', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10000000)], verbose_name='eligible')),
                ('invited', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10000000)], verbose_name='invited to the next stage')),
                ('funded', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(10000000)], verbose_name='funded')),
                ('amount_asked', publishing.fields.AmountField(blank=True, decimal_places=2, max_digits=15, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='money asked')),
                ('amount_granted', publishing.fields.AmountField(blank=True, decimal_places=2, max_digits=15, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='money granted')),
                ('currency', publishing.fields.CurrencyField(default='EUR', max_length=3, verbose_name='currency')),
                ('as_of_on', models.DateField(blank=True, null=True, verbose_name='as of')),
                ('source_url', models.URLField(blank=True, help_text='Where these figures stand.', max_length=500, verbose_name='source')),
                ('note', models.CharField(blank=True, help_text="What the figures take in, where that isn't plain.", max_length=300, verbose_name='note')),
                ('note_en', models.CharField(blank=True, help_text="What the figures take in, where that isn't plain.", max_length=300, null=True, verbose_name='note')),
                ('note_fr', models.CharField(blank=True, help_text="What the figures take in, where that isn't plain.", max_length=300, null=True, verbose_name='note')),
                ('note_nl', models.CharField(blank=True, help_text="What the figures take in, where that isn't plain.", max_length=300, null=True, verbose_name='note')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statistics', to='calls.call', verbose_name='call')),
                ('organisation', models.ForeignKey(blank=True, help_text='Only for figures of one funder.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.organisation', verbose_name='funder')),
            ],
            options={
                'verbose_name': 'figure of success',
                'verbose_name_plural': 'figures of success',
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('eligible', None), ('submitted', None), ('eligible__lte', models.F('submitted')), _connector='OR'), name='calls_statistic_eligible_is_at_most_submitted', violation_error_message='Fewer and fewer get through: submitted, eligible, invited, funded. One of these numbers is larger than one before it.'), models.CheckConstraint(condition=models.Q(('invited', None), ('submitted', None), ('invited__lte', models.F('submitted')), _connector='OR'), name='calls_statistic_invited_is_at_most_submitted', violation_error_message='Fewer and fewer get through: submitted, eligible, invited, funded. One of these numbers is larger than one before it.'), models.CheckConstraint(condition=models.Q(('funded', None), ('submitted', None), ('funded__lte', models.F('submitted')), _connector='OR'), name='calls_statistic_funded_is_at_most_submitted', violation_error_message='Fewer and fewer get through: submitted, eligible, invited, funded. One of these numbers is larger than one before it.'), models.CheckConstraint(condition=models.Q(('invited', None), ('eligible', None), ('invited__lte', models.F('eligible')), _connector='OR'), name='calls_statistic_invited_is_at_most_eligible', violation_error_message='Fewer and fewer get through: submitted, eligible, invited, funded. One of these numbers is larger than one before it.'), models.CheckConstraint(condition=models.Q(('funded', None), ('eligible', None), ('funded__lte', models.F('eligible')), _connector='OR'), name='calls_statistic_funded_is_at_most_eligible', violation_error_message='Fewer and fewer get through: submitted, eligible, invited, funded. One of these numbers is larger than one before it.'), models.CheckConstraint(condition=models.Q(('funded', None), ('invited', None), ('funded__lte', models.F('invited')), _connector='OR'), name='calls_statistic_funded_is_at_most_invited', violation_error_message='Fewer and fewer get through: submitted, eligible, invited, funded. One of these numbers is larger than one before it.')],
            },
        ),
    ]

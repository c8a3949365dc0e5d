import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('publishing', '0003_schedule'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('in_review', 'In review'), ('approved', 'Approved'), ('changes_requested', 'Changes asked for'), ('withdrawn', 'Withdrawn'), ('outdated', 'Approved, then edited'), ('undecided', 'Published before a decision')], default='in_review', max_length=20, verbose_name='state')),
                ('submitted_at', models.DateTimeField(auto_now_add=True, verbose_name='handed in')),
                ('due_on', models.DateField(verbose_name='due')),
                ('message', models.TextField(blank=True, max_length=2000, verbose_name='message')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='note')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='closed')),
                ('reminded_at', models.DateTimeField(null=True, verbose_name='reminded')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('publication', models.ForeignKey(help_text='The version in which the draft went public.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.revision', verbose_name='published as')),
                ('reviewer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reviewer')),
                ('revision', models.ForeignKey(help_text='The draft that was handed in; once decided, the one decided on.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.revision', verbose_name='draft')),
                ('submitter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handed in by')),
            ],
            options={
                'verbose_name': 'review',
                'verbose_name_plural': 'reviews',
                'ordering': ['-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='about')),
                ('text', models.TextField(validators=[django.core.validators.MaxLengthValidator(5000)], verbose_name='comment')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('resolved_at', models.DateTimeField(null=True, verbose_name='resolved')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='publishing.comment')),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='resolved by')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='publishing.review')),
            ],
            options={
                'verbose_name': 'comment',
                'verbose_name_plural': 'comments',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['content_type', 'object_id', '-id'], name='publishing_review_of'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['content_type', 'state'], name='publishing_review_current'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('content_type', 'object_id'), name='publishing_review_is_the_only_current_one'),
        ),
    ]

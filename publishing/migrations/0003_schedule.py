import django.db.models.deletion
import publishing.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('publishing', '0002_revision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='NightlyRun',
            fields=[
                ('name', models.CharField(max_length=200, primary_key=True, serialize=False)),
                ('due_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('problem', models.TextField(blank=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Bundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(help_text='For staff only.', max_length=200, verbose_name='title')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='published')),
                ('author', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
            ],
            options={
                'verbose_name': 'bundle',
                'verbose_name_plural': 'bundles',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='BundleItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('bundle', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='publishing.bundle')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('revision', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='publishing.revision', verbose_name='version')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('bundle', 'content_type', 'object_id'), name='publishing_bundleitem_is_in_a_bundle_once')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('action', models.CharField(choices=[('publish', 'Publish'), ('unpublish', 'Unpublish')], default='publish', max_length=10, verbose_name='what happens')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('timezone', publishing.fields.TimeZoneField(default=publishing.fields.default_time_zone, help_text='The zone in which the time was announced, for example Europe/Brussels.', max_length=64, verbose_name='time zone')),
                ('reason', models.CharField(blank=True, help_text='For staff only.', max_length=300, verbose_name='reason')),
                ('change_note', models.JSONField(blank=True, default=dict, verbose_name='change note')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('next_try_at', models.DateTimeField()),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('problem', models.TextField(blank=True, verbose_name='problem')),
                ('done_at', models.DateTimeField(null=True, verbose_name='done')),
                ('cancelled_at', models.DateTimeField(null=True, verbose_name='cancelled')),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='scheduled by')),
                ('bundle', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='schedules', to='publishing.bundle')),
                ('content_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('revision', models.ForeignKey(help_text='The draft that will be published.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='schedules', to='publishing.revision', verbose_name='version')),
            ],
            options={
                'verbose_name': 'schedule',
                'verbose_name_plural': 'schedules',
                'ordering': ['at', 'pk'],
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=['next_try_at'], name='publishing_schedule_waiting'), models.Index(fields=['content_type', 'object_id'], name='publishing_schedule_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('bundle', None), ('object_id', None), _connector='XOR'), name='publishing_schedule_is_of_an_item_or_a_bundle')],
            },
        ),
    ]

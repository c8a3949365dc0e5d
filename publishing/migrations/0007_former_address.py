import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('publishing', '0006_preview_link'),
    ]

    operations = [
        migrations.CreateModel(
            name='BrokenLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('rows', models.CharField(blank=True, max_length=64)),
                ('column', models.CharField(max_length=64)),
                ('address', models.TextField(verbose_name='address')),
                ('problem', models.CharField(choices=[('gone', 'The item was deleted'), ('unpublished', 'The item isn’t published'), ('not_found', 'There is no such page in this portal'), ('refused', 'The other site says that there is no such page'), ('failed', 'The other site reports an error'), ('unreachable', 'The other site doesn’t answer'), ('unusable', 'This isn’t an address that readers can open')], max_length=12, verbose_name='problem')),
                ('answer', models.CharField(blank=True, max_length=3, verbose_name='answer')),
                ('is_external', models.BooleanField(verbose_name='on another site')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'broken link',
                'verbose_name_plural': 'broken links',
                'ordering': ['-since', '-pk'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='publishing_brokenlink_of')],
            },
        ),
        migrations.CreateModel(
            name='FormerAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, verbose_name='address')),
                ('object_id', models.PositiveBigIntegerField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('content_type', 'slug'), name='publishing_formeraddress_slug_is_unique')],
            },
        ),
        migrations.CreateModel(
            name='ItemLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_id', models.PositiveBigIntegerField()),
                ('target_id', models.PositiveBigIntegerField()),
                ('is_live', models.BooleanField()),
                ('source_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('target_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
            options={
                'verbose_name': 'link between items',
                'verbose_name_plural': 'links between items',
                'default_permissions': (),
                'indexes': [models.Index(fields=['target_type', 'target_id'], name='publishing_itemlink_target')],
                'constraints': [models.UniqueConstraint(fields=('source_type', 'source_id', 'is_live', 'target_type', 'target_id'), name='publishing_itemlink_is_unique')],
            },
        ),
    ]

import hashlib

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from newsletter.models.suppression import address_hash

#: `Subscription.content_digest` of the editions, as it is when this is written.
EDITIONS = hashlib.sha256(b'["editions", "", null, null]').hexdigest()


def adopt(apps, schema_editor):
    """Give those who subscribed before there was a choice what they had agreed to."""
    subscribers = apps.get_model("newsletter", "Subscriber").objects
    subscriptions = apps.get_model("newsletter", "Subscription").objects
    database = schema_editor.connection.alias
    for subscriber in subscribers.using(database).iterator():
        subscriber.address_hash = address_hash(subscriber.email)
        subscriber.save(update_fields=["address_hash"])
        if subscriber.state == "active":
            subscriptions.using(database).create(
                subscriber=subscriber, kind="edition", what="editions", digest=EDITIONS
            )


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('newsletter', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(db_index=True, max_length=64, verbose_name='hash of the address')),
                ('event', models.CharField(choices=[('asked', 'Confirmation asked for'), ('confirmed', 'Confirmed'), ('changed', 'Choice changed'), ('paused', 'Paused'), ('stopped', 'One subscription ended'), ('left', 'Unsubscribed'), ('exported', 'Own data downloaded'), ('erased', 'Erased'), ('bounced', 'Mailbox unreachable'), ('complained', 'Reported as spam')], max_length=10, verbose_name='event')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='at')),
                ('form_address', models.CharField(blank=True, help_text='Address of the page or the API; empty for what the portal did.', max_length=200, verbose_name='given at')),
                ('wording_id', models.CharField(blank=True, max_length=40, verbose_name='text agreed to')),
                ('wording_hash', models.CharField(blank=True, max_length=64, verbose_name='hash of the text')),
                ('wording_language', models.CharField(blank=True, max_length=8, verbose_name='language of the text')),
                ('purposes', models.JSONField(default=list, verbose_name='agreed to')),
                ('message_id', models.CharField(blank=True, max_length=200, verbose_name='Message-ID of the mail')),
                ('network', models.CharField(blank=True, help_text="The first half of the reader's IP address, where the portal keeps it.", max_length=50, verbose_name='network')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consent log',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='day')),
                ('reason', models.CharField(choices=[('trap', 'Filled in what only robots see'), ('other-site', 'Sent by another site'), ('malformed', 'Not an e-mail address'), ('disposable', 'Throw-away address'), ('network', 'Too many from one network'), ('address', 'Too many to one address'), ('suppressed', 'Suppressed address'), ('proof-asked', 'Asked for a proof of work'), ('proof-wrong', 'Wrong or used proof of work'), ('alarm', 'Alarm: hardly anybody confirms'), ('link-broken', 'Guessed or incomplete link'), ('link-expired', 'Expired link'), ('link-used', 'Used link')], max_length=12, verbose_name='reason')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='times')),
            ],
            options={
                'verbose_name': 'refusals of a day',
                'verbose_name_plural': 'refusals',
                'ordering': ['-on', 'reason'],
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(db_index=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(max_length=8, verbose_name='language')),
                ('choices', models.JSONField(default=list, verbose_name='choice')),
                ('form_address', models.CharField(max_length=200, verbose_name='given at')),
                ('network', models.CharField(blank=True, max_length=50, verbose_name='network')),
                ('nonce', models.CharField(editable=False, max_length=43, unique=True)),
                ('state', models.CharField(choices=[('queued', 'To be mailed'), ('mailed', 'Mailed'), ('confirmed', 'Confirmed'), ('skipped', 'Not mailed'), ('closed', 'Overtaken')], default='queued', max_length=9, verbose_name='state')),
                ('reason', models.CharField(blank=True, max_length=12, verbose_name='why it was not mailed')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='asked')),
                ('mailed_at', models.DateTimeField(null=True, verbose_name='mailed')),
                ('confirmed_at', models.DateTimeField(null=True, verbose_name='confirmed')),
            ],
            options={
                'verbose_name': 'sign-up',
                'verbose_name_plural': 'sign-ups',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('edition', 'Newsletter'), ('topic', 'Topics'), ('filter', 'Saved filter'), ('watch', 'Watched item')], max_length=8, verbose_name='kind')),
                ('what', models.CharField(choices=[('editions', 'The newsletter'), ('calls', 'Calls'), ('news', 'News'), ('events', 'Events'), ('initiatives', 'Initiatives')], max_length=12, verbose_name='what')),
                ('frequency', models.CharField(choices=[('at_once', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week')], default='daily', max_length=8, verbose_name='how often')),
                ('query', models.CharField(blank=True, max_length=2000, verbose_name='filter')),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('is_muted', models.BooleanField(default=False, verbose_name='muted')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='begun')),
                ('ended_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='ended')),
                ('ended_why', models.CharField(blank=True, choices=[('reader', 'By the reader'), ('replaced', 'Replaced by another choice'), ('left', 'The reader left'), ('over', 'Nothing more is to be told'), ('staff', 'By staff')], editable=False, max_length=8, verbose_name='why it ended')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Suppression',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address_hash', models.CharField(max_length=64, unique=True, verbose_name='hash of the address')),
                ('reason', models.CharField(choices=[('bounced', 'The mailbox does not exist'), ('complained', 'Our mail was reported as spam'), ('requested', 'The owner wants no mail, whoever asks for it'), ('staff', 'Added by staff')], max_length=10, verbose_name='reason')),
                ('note', models.CharField(blank=True, help_text='Why; without personal data.', max_length=200, verbose_name='note')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='added')),
            ],
            options={
                'verbose_name': 'suppressed address',
                'verbose_name_plural': 'suppressed addresses',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=40, verbose_name='text')),
                ('language', models.CharField(max_length=8, verbose_name='language')),
                ('text', models.TextField(verbose_name='words')),
                ('text_hash', models.CharField(max_length=64, verbose_name='hash')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='first shown')),
            ],
            options={
                'verbose_name': 'wording of consent',
                'verbose_name_plural': 'wordings of consent',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.RemoveField(
            model_name='subscriber',
            name='mailed_at',
        ),
        migrations.AddField(
            model_name='subscriber',
            name='address_hash',
            field=models.CharField(blank=True, db_index=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='ended_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='ended'),
        ),
        migrations.AddField(
            model_name='subscriber',
            name='paused_until',
            field=models.DateField(blank=True, help_text='The first day on which mail is sent again.', null=True, verbose_name='paused until'),
        ),
        migrations.AlterField(
            model_name='subscriber',
            name='created_at',
            field=models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='signed up'),
        ),
        migrations.AlterField(
            model_name='subscriber',
            name='email',
            field=models.EmailField(max_length=254, null=True, unique=True, verbose_name='e-mail address'),
        ),
        migrations.AlterField(
            model_name='subscriber',
            name='state',
            field=models.CharField(choices=[('pending', 'Not confirmed yet'), ('active', 'Active'), ('unsubscribed', 'Unsubscribed'), ('bounced', 'Mailbox unreachable'), ('complained', 'Reported as spam'), ('erased', 'Erased')], db_index=True, default='pending', max_length=14, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='subscriber',
            name='token_version',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name='subscriber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('email', None), ('state', 'erased')), models.Q(models.Q(('state', 'erased'), _negated=True), models.Q(('email', None), _negated=True)), _connector='OR'), name='newsletter_subscriber_has_an_address_until_erased'),
        ),
        migrations.AddField(
            model_name='consentevent',
            name='subscriber',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_events', to='newsletter.subscriber', verbose_name='subscriber'),
        ),
        migrations.AddConstraint(
            model_name='refusal',
            constraint=models.UniqueConstraint(fields=('on', 'reason'), name='newsletter_refusal_is_counted_a_day'),
        ),
        migrations.AddField(
            model_name='signup',
            name='subscriber',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ups', to='newsletter.subscriber'),
        ),
        migrations.AddField(
            model_name='signup',
            name='wording',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsletter.wording', verbose_name='text agreed to'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='content_type',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype'),
        ),
        migrations.AddField(
            model_name='subscription',
            name='subscriber',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='subscriptions', to='newsletter.subscriber', verbose_name='subscriber'),
        ),
        migrations.AddConstraint(
            model_name='wording',
            constraint=models.UniqueConstraint(fields=('identifier', 'language', 'text_hash'), name='newsletter_wording_is_kept_once'),
        ),
        migrations.AddIndex(
            model_name='signup',
            index=models.Index(condition=models.Q(('state', 'queued')), fields=['created_at'], name='newsletter_sign_up_to_mail'),
        ),
        migrations.AddIndex(
            model_name='subscription',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['digest', 'frequency'], name='newsletter_active_subscription'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('subscriber', 'kind', 'digest'), name='newsletter_subscription_is_unique_while_active'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_type__isnull', False), ('kind', 'watch'), ('object_id__isnull', False)), models.Q(models.Q(('kind', 'watch'), _negated=True), ('content_type', None), ('object_id', None)), _connector='OR'), name='newsletter_subscription_watches_an_item_or_none'),
        ),
        migrations.AddConstraint(
            model_name='subscription',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_why', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_why', ''), _negated=True)), _connector='OR'), name='newsletter_subscription_tells_why_it_ended'),
        ),
        migrations.RunPython(adopt, migrations.RunPython.noop),
    ]

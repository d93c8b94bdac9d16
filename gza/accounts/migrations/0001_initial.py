import django.db.models.deletion
import gza.core.clock
import gza.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=64, unique=True)),
                ('full_name_ka', models.CharField(blank=True, max_length=120)),
                ('full_name_en', models.CharField(blank=True, max_length=120)),
                ('role', models.CharField(choices=[('social_worker', 'social worker'), ('coordinator', 'coordinator of the Fund'), ('director', 'director of the Fund'), ('provider', "provider's focal person"), ('agency', "agency's focal person"), ('secretariat', 'Secretariat of the Council'), ('statistics', 'statistics officer'), ('council', 'member of the Council'), ('monitor', 'monitor'), ('data_officer', 'data protection officer'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=32)),
                ('organisation_id', models.UUIDField(blank=True, db_index=True, null=True)),
                ('region', models.CharField(blank=True, max_length=8)),
                ('language', models.CharField(choices=[('ka', 'ქართული'), ('en', 'English')], default='ka', max_length=2)),
                ('is_active', models.BooleanField(default=True)),
                ('verifier', models.CharField(blank=True, max_length=160)),
                ('must_change', models.BooleanField(default=False)),
                ('temporary_until', models.DateTimeField(blank=True, null=True)),
                ('totp', models.BinaryField(default=bytes)),
                ('totp_since', models.DateTimeField(blank=True, null=True)),
                ('epoch', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('created_by', models.UUIDField(editable=False, null=True)),
                ('disabled_at', models.DateTimeField(blank=True, null=True)),
                ('disabled_by', models.UUIDField(blank=True, null=True)),
                ('seen_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'db_table': 'account',
                'indexes': [models.Index(fields=['role', 'username'], name='account_by_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('role__in', ['agency', 'provider']), _negated=True), ('organisation_id__isnull', False), _connector='OR'), name='account_organisation_of_role'), models.CheckConstraint(condition=models.Q(models.Q(('disabled_at', None), ('is_active', True)), models.Q(('disabled_at__isnull', False), ('is_active', False)), _connector='OR'), name='account_disabled_at')],
            },
        ),
        migrations.CreateModel(
            name='SecurityKey',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='security_keys', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=60)),
                ('credential_id', models.BinaryField(max_length=1023, unique=True)),
                ('credential', models.BinaryField()),
                ('counter', models.PositiveBigIntegerField(default=0)),
                ('added_at', models.DateTimeField(default=gza.core.clock.now)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'account_security_key',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField(default=gza.core.clock.now)),
                ('spent_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'account_recovery_code',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('holder', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to=settings.AUTH_USER_MODEL)),
                ('power', models.CharField(choices=[('office', 'director by appointment'), ('acting', 'acting officer by order')], max_length=8)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('order', models.CharField(max_length=60)),
                ('given_by', models.UUIDField(null=True)),
                ('given_at', models.DateTimeField(default=gza.core.clock.now)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_by', models.UUIDField(blank=True, null=True)),
            ],
            options={
                'db_table': 'account_delegation',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='delegation_dates'), models.CheckConstraint(condition=models.Q(models.Q(('power', 'acting'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='delegation_acting_ends')],
                'indexes': [],
            },
        ),
    ]

import django.db.models.deletion
import gza.core.clock
import gza.core.ids
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='UserKey',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user', models.UUIDField()),
                ('generation', models.PositiveIntegerField()),
                ('box_public', models.BinaryField(max_length=32)),
                ('sign_public', models.BinaryField(max_length=32)),
                ('wrapped', models.BinaryField()),
                ('made_at', models.DateTimeField(default=gza.core.clock.now)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'vault_user_key',
                'constraints': [models.UniqueConstraint(fields=('user', 'generation'), name='vault_user_key_generation'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user',), name='vault_user_key_one_in_use')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user', models.UUIDField()),
                ('role', models.CharField(max_length=32)),
                ('organisation', models.UUIDField(null=True)),
                ('generation', models.PositiveIntegerField()),
                ('box_public', models.BinaryField(max_length=32)),
                ('sign_public', models.BinaryField(max_length=32)),
                ('valid_from', models.PositiveBigIntegerField()),
                ('valid_to', models.PositiveBigIntegerField()),
                ('founding', models.BooleanField(default=False)),
                ('ended_at', models.PositiveBigIntegerField(null=True)),
            ],
            options={
                'db_table': 'vault_certificate',
                'indexes': [models.Index(fields=['user', '-valid_from'], name='vault_certificate_of_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gt', models.F('valid_from'))), name='vault_certificate_period')],
            },
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('registry', 'registry'), ('statistics', 'statistics'), ('complaints', 'complaints desk'), ('monitor', 'monitor'), ('provider', 'provider organisation'), ('recovery', 'recovery custodians')], max_length=16)),
                ('organisation', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'vault_group',
                'constraints': [models.UniqueConstraint(fields=('organisation',), name='vault_group_one_an_organisation'), models.UniqueConstraint(condition=models.Q(('organisation', None)), fields=('kind',), name='vault_group_one_a_kind'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'provider'), ('organisation__isnull', False)), models.Q(models.Q(('kind', 'provider'), _negated=True), ('organisation', None)), _connector='OR'), name='vault_group_organisation')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('sign_public', models.BinaryField(max_length=32)),
                ('founded_at', models.DateTimeField(default=gza.core.clock.now)),
            ],
            options={
                'db_table': 'vault_fund',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='vault_fund_single')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FundShare',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user', models.UUIDField(unique=True)),
                ('generation', models.PositiveIntegerField()),
                ('blob', models.BinaryField()),
            ],
            options={
                'db_table': 'vault_fund_share',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CaseKey',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('case', models.UUIDField()),
                ('epoch', models.PositiveIntegerField()),
                ('current', models.BooleanField(default=True)),
                ('registry', models.BooleanField(default=True)),
                ('links', models.BinaryField(default=b'')),
            ],
            options={
                'db_table': 'vault_case_key',
                'indexes': [models.Index(condition=models.Q(('registry', False)), fields=['id'], name='vault_case_key_singly')],
                'constraints': [models.UniqueConstraint(fields=('case', 'epoch'), name='vault_case_key_epoch'), models.UniqueConstraint(condition=models.Q(('current', True)), fields=('case',), name='vault_case_key_one_current'), models.CheckConstraint(condition=models.Q(('epoch__gt', 0)), name='vault_case_key_epoch_positive')],
            },
        ),
        migrations.CreateModel(
            name='Bar',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case', models.UUIDField()),
                ('user', models.UUIDField()),
                ('at', models.DateTimeField(default=gza.core.clock.now)),
            ],
            options={
                'db_table': 'vault_bar',
                'constraints': [models.UniqueConstraint(fields=('case', 'user'), name='vault_bar_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('case', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(default=gza.core.clock.now)),
            ],
            options={
                'db_table': 'vault_erasure',
                'indexes': [],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='SealedFile',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('label', models.CharField(max_length=64)),
                ('section', models.CharField(max_length=16)),
                ('meta', models.BinaryField()),
                ('place', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('pieces', models.PositiveIntegerField()),
                ('scanned', models.BooleanField()),
                ('uploaded_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
            ],
            options={
                'db_table': 'vault_file',
                'indexes': [models.Index(fields=['case_id', '-id'], name='vault_file_of_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pieces__gt', 0)), name='vault_file_pieces')],
            },
        ),
        migrations.CreateModel(
            name='BlindToken',
            fields=[
                ('pk', models.CompositePrimaryKey('token', 'person_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('token', models.BinaryField(max_length=16)),
                ('person_id', models.UUIDField()),
                ('case_id', models.UUIDField()),
                ('kind', models.PositiveSmallIntegerField(choices=[(1, 'exact'), (2, 'phonetic'), (3, 'pair'), (4, 'sound_pair'), (5, 'number'), (6, 'birth')])),
            ],
            options={
                'db_table': 'vault_token',
                'indexes': [models.Index(fields=['case_id'], name='vault_token_of_case')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('certificate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='endorsements', to='vault.certificate')),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.certificate')),
                ('signed_at', models.PositiveBigIntegerField()),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'db_table': 'vault_endorsement',
                'constraints': [models.UniqueConstraint(fields=('certificate', 'signer'), name='vault_endorsement_once'), models.UniqueConstraint(condition=models.Q(('signer', None)), fields=('certificate',), name='vault_endorsement_fund_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='GroupKey',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='keys', to='vault.group')),
                ('generation', models.PositiveIntegerField()),
                ('box_public', models.BinaryField(max_length=32)),
                ('link', models.BinaryField(null=True)),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.certificate')),
                ('signed_at', models.PositiveBigIntegerField()),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'db_table': 'vault_group_key',
                'constraints': [models.UniqueConstraint(fields=('group', 'generation'), name='vault_group_key_generation')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('case', models.UUIDField()),
                ('epoch', models.PositiveIntegerField()),
                ('section', models.CharField(blank=True, max_length=16)),
                ('kind', models.CharField(choices=[('user', 'user'), ('group', 'group')], max_length=8)),
                ('grantee', models.UUIDField()),
                ('generation', models.PositiveIntegerField()),
                ('via', models.CharField(choices=[('work', 'designated'), ('registry', 'registry member, singly')], default='work', max_length=8)),
                ('blob', models.BinaryField()),
                ('signer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.certificate')),
                ('signed_at', models.PositiveBigIntegerField()),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'db_table': 'vault_grant',
                'indexes': [models.Index(fields=['grantee', 'generation', 'id'], name='vault_grant_of_grantee')],
                'constraints': [models.UniqueConstraint(fields=('case', 'grantee', 'section'), name='vault_grant_once')],
            },
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='vault.groupkey')),
                ('user', models.UUIDField()),
                ('generation', models.PositiveIntegerField()),
                ('blob', models.BinaryField()),
            ],
            options={
                'db_table': 'vault_group_member',
                'indexes': [models.Index(fields=['user'], name='vault_member_user')],
                'constraints': [models.UniqueConstraint(fields=('key', 'user'), name='vault_group_member_once')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryPair',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs', to='vault.groupkey')),
                ('first', models.PositiveSmallIntegerField()),
                ('second', models.PositiveSmallIntegerField()),
                ('blob', models.BinaryField()),
            ],
            options={
                'db_table': 'vault_recovery_pair',
                'constraints': [models.UniqueConstraint(fields=('key', 'first', 'second'), name='vault_recovery_pair_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='vault_recovery_pair_order')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='GroupBox',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('label', models.CharField(max_length=64)),
                ('subject', models.UUIDField()),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='boxes', to='vault.groupkey')),
                ('blob', models.BinaryField()),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.certificate')),
                ('signed_at', models.PositiveBigIntegerField()),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'db_table': 'vault_group_box',
                'constraints': [models.UniqueConstraint(fields=('label', 'subject'), name='vault_group_box_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case', models.UUIDField()),
                ('organisation', models.UUIDField()),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.groupkey')),
                ('epoch', models.PositiveIntegerField()),
                ('packet', models.BinaryField(null=True)),
                ('blob', models.BinaryField(null=True)),
                ('kept', models.BinaryField(null=True)),
                ('signer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.certificate')),
                ('signed_at', models.PositiveBigIntegerField()),
                ('signature', models.BinaryField(max_length=64)),
                ('until', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'vault_disclosure',
                'indexes': [models.Index(fields=['case'], name='vault_disclosure_case'), models.Index(fields=['organisation', '-id'], name='vault_disclosure_organisation'), models.Index(condition=models.Q(('ended_at', None)), fields=['until'], name='vault_disclosure_due')],
                'constraints': [],
            },
        ),
    ]

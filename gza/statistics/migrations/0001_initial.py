import django.db.models.deletion
import gza.core.clock
import gza.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('edition', models.PositiveIntegerField(unique=True)),
                ('content', models.TextField()),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('adopted_on', models.DateField()),
                ('adopted_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('adopted_by', models.UUIDField()),
                ('signature', models.BinaryField(max_length=64)),
            ],
            options={
                'db_table': 'statistics_programme',
                'constraints': [models.CheckConstraint(condition=models.Q(('edition__gte', 1)), name='statistics_programme_edition')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Extract',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('profiles', 'profiles of the cases'), ('register', 'register of the years before this system')], default='profiles', max_length=10)),
                ('state', models.CharField(choices=[('running', 'being made'), ('done', 'complete')], default='running', max_length=8)),
                ('begun_at', models.DateTimeField(default=gza.core.clock.now)),
                ('begun_by', models.UUIDField()),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('unopened', models.PositiveIntegerField(default=0)),
                ('after', models.UUIDField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'statistics_extract',
                'ordering': ['-begun_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['running', 'done'])), name='statistics_extract_state'), models.CheckConstraint(condition=models.Q(('source__in', ['profiles', 'register'])), name='statistics_extract_source'), models.CheckConstraint(condition=models.Q(('unopened__lte', models.F('done'))), name='statistics_extract_unopened'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('state', 'running')), models.Q(('finished_at__isnull', False), ('state', 'done')), _connector='OR'), name='statistics_extract_finished'), models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('state',), name='statistics_extract_one_runs')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='LedgerRow',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('kind', models.CharField(choices=[('opened', 'ledger opened'), ('release', 'own release'), ('figures', 'figures of others')], max_length=8)),
                ('at', models.CharField(max_length=32)),
                ('previous', models.CharField(max_length=64)),
                ('body', models.JSONField()),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('content', models.TextField(blank=True)),
                ('recorded_by', models.UUIDField()),
                ('organisation', models.CharField(blank=True, max_length=40)),
                ('flags', models.JSONField(default=list)),
                ('conflict', models.JSONField(default=list)),
            ],
            options={
                'db_table': 'statistics_ledger',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['opened', 'release', 'figures'])), name='statistics_ledger_kind'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='statistics_ledger_number'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'opened'), ('number', 1)), models.Q(('number__gt', 1), models.Q(('kind', 'opened'), _negated=True)), _connector='OR'), name='statistics_ledger_opened_first')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='statistics.programme')),
                ('extract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='statistics.extract')),
                ('years', models.JSONField()),
                ('choice', models.JSONField()),
                ('k', models.PositiveSmallIntegerField()),
                ('content', models.TextField()),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('base_sha256', models.CharField(max_length=64)),
                ('versions', models.JSONField(default=dict)),
                ('cost', models.JSONField()),
                ('head', models.CharField(max_length=64)),
                ('audit', models.JSONField(null=True)),
                ('findings', models.PositiveIntegerField(null=True)),
                ('state', models.CharField(choices=[('prepared', 'waits for approval'), ('published', 'published'), ('returned', 'returned')], default='prepared', max_length=9)),
                ('prepared_at', models.DateTimeField(default=gza.core.clock.now)),
                ('prepared_by', models.UUIDField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.UUIDField(null=True)),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'statistics_release',
                'ordering': ['-number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'published', 'returned'])), name='statistics_release_state'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='statistics_release_decided'), models.CheckConstraint(condition=models.Q(models.Q(('audit__isnull', True), ('findings__isnull', True)), models.Q(('audit__isnull', False), ('findings__isnull', False)), _connector='OR'), name='statistics_release_audited'), models.CheckConstraint(condition=models.Q(('k__gte', 3)), name='statistics_release_k'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), models.Q(('decided_by__isnull', False), ('findings', 0), models.Q(('decided_by', models.F('prepared_by')), _negated=True)), _connector='OR'), name='statistics_release_by_two_and_sound'), models.UniqueConstraint(condition=models.Q(('state', 'prepared')), fields=('state',), name='statistics_release_one_waits')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='statistics.release')),
                ('row', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='statistics.ledgerrow')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('content', models.TextField()),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('published_at', models.DateTimeField(default=gza.core.clock.now)),
                ('published_by', models.UUIDField()),
            ],
            options={
                'db_table': 'statistics_publication',
                'ordering': ['-number'],
                'indexes': [],
                'constraints': [],
            },
        ),
    ]

import django.db.models.deletion
import gza.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=32, unique=True)),
                ('title', models.TextField()),
                ('title_ka', models.TextField(blank=True)),
                ('language', models.CharField(default='en', max_length=2)),
                ('adopted_on', models.DateField(null=True)),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('source', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('note_ka', models.TextField(blank=True)),
                ('source_text', models.TextField(blank=True)),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('loaded_at', models.DateTimeField()),
                ('loaded_by', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'nap_plan',
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='nap_plan_days_in_order')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('title_ka', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('note_ka', models.TextField(blank=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='nap.plan')),
                ('number', models.CharField(max_length=32)),
            ],
            options={
                'db_table': 'nap_goal',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='nap_goal_number')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ToConfirm',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='to_confirm', to='nap.plan')),
                ('number', models.CharField(max_length=32)),
                ('field', models.CharField(max_length=16)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'db_table': 'nap_to_confirm',
                'ordering': ['number', 'position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number', 'field'), name='nap_to_confirm_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('title_ka', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('note_ka', models.TextField(blank=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='nap.plan')),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='nap.goal')),
                ('number', models.CharField(max_length=32)),
            ],
            options={
                'db_table': 'nap_objective',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='nap_objective_number')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('title_ka', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('note_ka', models.TextField(blank=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='nap.plan')),
                ('objective', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='activities', to='nap.objective')),
                ('number', models.CharField(max_length=32)),
                ('timeline', models.CharField(max_length=200)),
                ('timeline_kind', models.CharField(max_length=16)),
                ('start', models.DateField()),
                ('end', models.DateField()),
                ('partners_printed', models.TextField(blank=True)),
                ('carried_from', models.CharField(blank=True, max_length=65)),
            ],
            options={
                'db_table': 'nap_activity',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='nap_activity_number'), models.CheckConstraint(condition=models.Q(('end__gte', models.F('start'))), name='nap_activity_days_in_order'), models.CheckConstraint(condition=models.Q(('timeline_kind__in', ['deliver_within', 'throughout'])), name='nap_activity_timeline')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ActivityAgency',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agencies', to='nap.activity')),
                ('role', models.CharField(max_length=12)),
                ('position', models.PositiveSmallIntegerField()),
                ('agency', models.CharField(blank=True, max_length=40)),
                ('via', models.JSONField(default=list)),
                ('words', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'nap_activity_agency',
                'ordering': ['position'],
                'indexes': [models.Index(fields=['agency'], name='nap_of_agency')],
                'constraints': [models.UniqueConstraint(fields=('activity', 'role', 'position'), name='nap_agency_place'), models.CheckConstraint(condition=models.Q(('role__in', ['leading', 'supporting', 'partner'])), name='nap_agency_role'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('agency', ''), _negated=True), ('words', '')), models.Q(('agency', ''), ('role', 'partner'), models.Q(('words', ''), _negated=True)), _connector='OR'), name='nap_agency_key_or_words')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('position', models.PositiveIntegerField()),
                ('title', models.TextField()),
                ('title_ka', models.TextField(blank=True)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('note_ka', models.TextField(blank=True)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='nap.plan')),
                ('activity', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='nap.activity')),
                ('code', models.CharField(max_length=32)),
                ('printed', models.PositiveSmallIntegerField()),
                ('printed_text', models.TextField()),
                ('type', models.CharField(max_length=16)),
                ('unit', models.CharField(max_length=60)),
                ('target_kind', models.CharField(max_length=8, null=True)),
                ('target_min', models.PositiveIntegerField(null=True)),
                ('target_max', models.PositiveIntegerField(null=True)),
            ],
            options={
                'db_table': 'nap_indicator',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'code'), name='nap_indicator_code'), models.CheckConstraint(condition=models.Q(('type__in', ['event_count', 'participant_sum', 'person_count', 'item_count', 'stock_count', 'case_statistic', 'document', 'publication', 'milestone', 'coverage_set', 'category_set', 'qualitative'])), name='nap_indicator_type'), models.CheckConstraint(condition=models.Q(models.Q(('target_kind__isnull', True), ('target_max__isnull', True), ('target_min__isnull', True)), models.Q(('target_kind', 'exact'), ('target_kind__isnull', False), ('target_max__isnull', False), ('target_min__isnull', False), ('target_min', models.F('target_max'))), models.Q(('target_kind', 'at_least'), ('target_kind__isnull', False), ('target_max__isnull', True), ('target_min__isnull', False)), models.Q(('target_kind', 'at_most'), ('target_kind__isnull', False), ('target_max__isnull', False), ('target_min__isnull', True)), models.Q(('target_kind', 'range'), ('target_kind__isnull', False), ('target_max__isnull', False), ('target_min__isnull', False), ('target_min__lt', models.F('target_max'))), _connector='OR'), name='nap_indicator_target')],
                'indexes': [],
            },
        ),
    ]

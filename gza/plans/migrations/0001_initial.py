import datetime
import django.db.models.deletion
import gza.core.clock
import gza.core.ids
import gza.vault.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
        ('directory', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='cases.case')),
                ('opened_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.UUIDField()),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'plans_plan',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('case',), name='plan_one_open')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('recorded_by', models.UUIDField(editable=False, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='cases.case')),
                ('recorded_on', models.DateField(default=gza.core.clock.today, editable=False)),
                ('corrects', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='plans.planversion')),
                ('superseded', models.BooleanField(default=False, editable=False)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.plan')),
                ('kind', models.CharField(choices=[('initial', 'initial plan'), ('final', 'final plan')], max_length=8)),
                ('number', models.PositiveSmallIntegerField()),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followers', to='plans.planversion')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted to the Fund'), ('returned', 'returned with reasons'), ('agreed', 'agreed by the Fund'), ('superseded', 'superseded by a new version')], default='draft', max_length=12)),
                ('months', models.PositiveSmallIntegerField(null=True)),
                ('aim', gza.vault.fields.SealedField(blank=True, label='plans.version.aim', null=True, section='narrative')),
                ('version', models.PositiveIntegerField(default=1)),
                ('content', gza.vault.fields.SealedField(blank=True, label='plans.version.content', null=True, section='narrative')),
                ('fingerprint', models.BinaryField(max_length=32, null=True)),
                ('submitted_on', models.DateField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('submitted_by', models.UUIDField(null=True)),
                ('decided_on', models.DateField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.UUIDField(null=True)),
                ('entry_reason', gza.vault.fields.SealedField(blank=True, label='plans.version.entry_reason', null=True, section='narrative')),
            ],
            options={
                'db_table': 'plans_version',
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('state', 'submitted')), fields=['submitted_on', 'id'], name='version_pending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('happened_on__lte', models.F('recorded_on'))), name='plans_planversion_not_in_future'), models.CheckConstraint(condition=models.Q(('happened_on__gte', datetime.date(1900, 1, 1))), name='plans_planversion_not_before_1900'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrects', models.F('id')), _negated=True), _connector='OR'), name='plans_planversion_not_itself'), models.CheckConstraint(condition=models.Q(('kind__in', ['initial', 'final'])), name='version_kind_listed'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'agreed', 'superseded'])), name='version_state_listed'), models.CheckConstraint(condition=models.Q(('months__isnull', True), ('months__range', (1, 12)), _connector='OR'), name='version_months'), models.CheckConstraint(condition=models.Q(models.Q(('submitted_on__isnull', True), ('submitted_at__isnull', True), ('submitted_by__isnull', True), ('fingerprint__isnull', True), ('content__isnull', True)), models.Q(('submitted_on__isnull', False), ('submitted_at__isnull', False), ('submitted_by__isnull', False), ('fingerprint__isnull', False), ('content__isnull', False)), _connector='OR'), name='version_submitted_paired'), models.CheckConstraint(condition=models.Q(models.Q(('decided_on__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_on__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='version_decided_paired'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('submitted_on__isnull', True)), models.Q(('decided_on__isnull', True), ('state', 'submitted'), ('submitted_on__isnull', False)), models.Q(('decided_on__isnull', False), ('state__in', ['returned', 'agreed', 'superseded']), ('submitted_on__isnull', False)), _connector='OR'), name='version_state_and_days'), models.CheckConstraint(condition=models.Q(('decided_on__isnull', True), ('decided_on__gte', models.F('submitted_on')), _connector='OR'), name='version_decided_after'), models.UniqueConstraint(fields=('plan', 'number'), name='version_numbered'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'submitted'])), fields=('plan',), name='version_one_open'), models.UniqueConstraint(condition=models.Q(('state', 'agreed')), fields=('plan', 'kind'), name='version_one_agreed')],
            },
        ),
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('plan_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='plans.planversion')),
                ('position', models.PositiveSmallIntegerField()),
                ('need', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_items', to='cases.need')),
                ('service_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.servicetype')),
                ('provider_kind', models.CharField(blank=True, choices=[('ngo', 'local non-governmental organisation'), ('international', 'international organisation'), ('state', 'state body or programme'), ('fund', 'the Fund'), ('none', 'no provider needed')], default='', max_length=16)),
                ('priority', models.CharField(blank=True, choices=[('necessary', 'necessary'), ('desired', 'desired')], default='', max_length=12)),
                ('month_from', models.PositiveSmallIntegerField(null=True)),
                ('month_to', models.PositiveSmallIntegerField(null=True)),
                ('detail', gza.vault.fields.SealedField(blank=True, label='plans.item.detail', null=True, section='narrative')),
                ('reason', gza.vault.fields.SealedField(blank=True, label='plans.item.reason', null=True, section='narrative')),
            ],
            options={
                'db_table': 'plans_item',
                'constraints': [models.UniqueConstraint(fields=('plan_version', 'position'), name='item_in_its_place'), models.CheckConstraint(condition=models.Q(('priority', ''), ('priority__in', ['necessary', 'desired']), _connector='OR'), name='item_priority'), models.CheckConstraint(condition=models.Q(('provider_kind', ''), ('provider_kind__in', ['ngo', 'international', 'state', 'fund', 'none']), _connector='OR'), name='item_provider_kind'), models.CheckConstraint(condition=models.Q(models.Q(models.Q(('month_from__isnull', True), ('month_to__isnull', True)), models.Q(('month_from__isnull', False), ('month_to__isnull', False)), _connector='OR'), models.Q(('month_from__isnull', True), models.Q(('month_from__gte', 1), ('month_to__gte', models.F('month_from')), ('month_to__lte', 12)), _connector='OR')), name='item_months')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('recorded_by', models.UUIDField(editable=False, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_rows', to='cases.case')),
                ('recorded_on', models.DateField(default=gza.core.clock.today, editable=False)),
                ('corrects', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='plans.decision')),
                ('superseded', models.BooleanField(default=False, editable=False)),
                ('plan_version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='plans.planversion')),
                ('outcome', models.CharField(choices=[('agreed', 'agreed'), ('returned', 'returned with reasons')], max_length=12)),
                ('reasons', gza.vault.fields.SealedField(blank=True, label='plans.decision.reasons', null=True, section='narrative')),
                ('entry_reason', gza.vault.fields.SealedField(blank=True, label='plans.decision.entry_reason', null=True, section='narrative')),
            ],
            options={
                'db_table': 'plans_decision',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('happened_on__lte', models.F('recorded_on'))), name='plans_decision_not_in_future'), models.CheckConstraint(condition=models.Q(('happened_on__gte', datetime.date(1900, 1, 1))), name='plans_decision_not_before_1900'), models.CheckConstraint(condition=models.Q(('corrects__isnull', True), models.Q(('corrects', models.F('id')), _negated=True), _connector='OR'), name='plans_decision_not_itself'), models.CheckConstraint(condition=models.Q(('outcome__in', ['agreed', 'returned'])), name='decision_outcome_listed'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', 'returned'), _negated=True), ('reasons__isnull', False), _connector='OR'), name='decision_with_reasons')],
                'indexes': [],
            },
        ),
    ]

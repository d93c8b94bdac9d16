import django.db.models.deletion
import django.db.models.expressions
import gza.core.clock
import gza.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('key', models.CharField(max_length=40, null=True, unique=True)),
                ('kind', models.CharField(choices=[('fund', 'the Fund'), ('ngo', 'local non-governmental organisation'), ('international', 'international organisation'), ('state', 'state body'), ('council', 'the Council'), ('other', 'other')], max_length=16)),
                ('form', models.CharField(blank=True, choices=[('', 'not stated'), ('lepl', 'legal entity of public law'), ('unit', 'unit of another body'), ('foreign', 'body of another state'), ('group', 'group of organisations')], max_length=8)),
                ('abbr', models.CharField(blank=True, max_length=40)),
                ('name_ka', models.CharField(max_length=200)),
                ('name_en', models.CharField(max_length=200)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='units', to='directory.organisation')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='directory.organisation')),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('confidence', models.CharField(blank=True, choices=[('', 'entered by the office'), ('sourced', 'sourced'), ('high', 'well known, not looked up'), ('medium', 'to be confirmed')], max_length=8)),
                ('date_confidence', models.CharField(blank=True, choices=[('', 'entered by the office'), ('sourced', 'sourced'), ('high', 'well known, not looked up'), ('medium', 'to be confirmed')], max_length=8)),
                ('programmes', models.TextField(blank=True)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('web', models.CharField(blank=True, max_length=200)),
                ('address', models.CharField(blank=True, max_length=200)),
                ('disabled_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'directory_organisation',
                'indexes': [models.Index(fields=['name_ka', 'id'], name='organisation_by_ka'), models.Index(fields=['name_en', 'id'], name='organisation_by_en')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name_ka', ''), _negated=True), models.Q(('name_en', ''), _negated=True)), name='organisation_named'), models.CheckConstraint(condition=models.Q(('kind__in', ['fund', 'ngo', 'international', 'state', 'council', 'other'])), name='organisation_kind'), models.CheckConstraint(condition=models.Q(('successor__isnull', True), ('valid_to__isnull', False), _connector='OR'), name='organisation_ended_if_succeeded'), models.CheckConstraint(condition=models.Q(('successor', models.F('id')), _negated=True), name='organisation_not_own_successor'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='organisation_dates')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('recorded_by', models.UUIDField(editable=False, null=True)),
                ('entry', models.CharField(choices=[('organisation', 'organisation'), ('focal_person', 'focal person'), ('worker', 'social worker'), ('offer', 'offer'), ('memorandum', 'memorandum')], max_length=16)),
                ('subject', models.UUIDField()),
                ('deed', models.CharField(choices=[('added', 'entered in the register'), ('altered', 'altered'), ('confirmed', 'confirmed unchanged'), ('withdrawn', 'withdrawn'), ('ended', 'ended'), ('resumed', 'resumed')], max_length=12)),
                ('before', models.JSONField(null=True)),
                ('after', models.JSONField()),
                ('channel', models.CharField(choices=[('letter', 'letter'), ('email', 'e-mail'), ('system', 'entered here by the provider'), ('meeting', 'said at a meeting and written down'), ('office', "the Fund's own knowledge")], default='office', max_length=8)),
                ('reference', models.CharField(blank=True, max_length=120)),
                ('late_reason', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'db_table': 'directory_change',
                'indexes': [models.Index(fields=['subject', '-recorded_at', '-id'], name='change_of_subject')],
                'constraints': [],
            },
        ),
        migrations.CreateModel(
            name='CatalogueEdition',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('recorded_by', models.UUIDField(editable=False, null=True)),
                ('number', models.PositiveIntegerField(unique=True)),
                ('previous', models.OneToOneField(db_column='previous', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next', to='directory.catalogueedition', to_field='number')),
                ('note', models.TextField(blank=True)),
                ('snapshot', models.JSONField()),
                ('fingerprint', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'directory_edition',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('number', 1), ('previous__isnull', True)), models.Q(('number__gt', 1), ('previous', django.db.models.expressions.CombinedExpression(models.F('number'), '-', models.Value(1))), ('previous__isnull', False)), _connector='OR'), name='edition_without_gap')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='ServiceType',
            fields=[
                ('key', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('rehabilitation', 'rehabilitation'), ('reintegration', 'reintegration'), ('both', 'rehabilitation and reintegration')], max_length=16)),
                ('name_ka', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('position', models.PositiveSmallIntegerField()),
                ('disabled_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'directory_service_type',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['rehabilitation', 'reintegration', 'both'])), name='service_type_kind')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='FocalPerson',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='focal_persons', to='directory.organisation')),
                ('name_ka', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('position', models.CharField(blank=True, max_length=120)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('user_id', models.UUIDField(null=True, unique=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'db_table': 'directory_focal_person',
                'indexes': [models.Index(fields=['name_ka', 'id'], name='focal_person_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('name_ka', ''), _negated=True), name='focal_person_named'), models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='focal_person_reachable'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='focal_person_dates')],
            },
        ),
        migrations.CreateModel(
            name='Memorandum',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memoranda', to='directory.organisation')),
                ('title', models.CharField(max_length=200)),
                ('number', models.CharField(blank=True, max_length=40)),
                ('signed_on', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'db_table': 'directory_memorandum',
                'constraints': [models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='memorandum_titled'), models.CheckConstraint(condition=models.Q(('signed_on__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('signed_on')), _connector='OR'), name='memorandum_dates')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='EditionReceipt',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('happened_on', models.DateField()),
                ('recorded_at', models.DateTimeField(default=gza.core.clock.now, editable=False)),
                ('recorded_by', models.UUIDField(editable=False, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='directory.catalogueedition')),
                ('user_id', models.UUIDField()),
            ],
            options={
                'db_table': 'directory_receipt',
                'constraints': [models.UniqueConstraint(fields=('edition', 'user_id'), name='receipt_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='directory.organisation')),
                ('service_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='directory.servicetype')),
                ('kind', models.CharField(choices=[('rehabilitation', 'rehabilitation'), ('reintegration', 'reintegration'), ('both', 'rehabilitation and reintegration')], max_length=16)),
                ('place', models.CharField(choices=[('shelter', 'in a shelter'), ('outside', 'outside a shelter'), ('both', 'in a shelter and outside')], max_length=8)),
                ('audience', models.CharField(choices=[('all', 'adults and children'), ('adults', 'adults'), ('children', 'children')], default='all', max_length=8)),
                ('capacity', models.PositiveIntegerField(null=True)),
                ('conditions', models.TextField(blank=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('confirmed_on', models.DateField()),
                ('withdrawn_on', models.DateField(null=True)),
            ],
            options={
                'db_table': 'directory_offer',
                'indexes': [models.Index(fields=['service_type', 'organisation', 'id'], name='offer_by_type')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['rehabilitation', 'reintegration', 'both'])), name='offer_kind'), models.CheckConstraint(condition=models.Q(('place__in', ['shelter', 'outside', 'both'])), name='offer_place'), models.CheckConstraint(condition=models.Q(('audience__in', ['all', 'adults', 'children'])), name='offer_audience'), models.CheckConstraint(condition=models.Q(('capacity__isnull', True), ('capacity__gt', 0), _connector='OR'), name='offer_capacity'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='offer_dates'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('valid_from')), _connector='OR'), name='offer_withdrawn_after_start')],
            },
        ),
        migrations.CreateModel(
            name='SocialWorker',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('name_ka', models.CharField(max_length=120)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='social_workers', to='directory.organisation')),
                ('user_id', models.UUIDField(null=True, unique=True)),
                ('phone', models.CharField(blank=True, max_length=40)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('office_region', models.CharField(max_length=8)),
                ('education', models.TextField()),
                ('has_training', models.BooleanField()),
                ('active_from', models.DateField()),
                ('active_to', models.DateField(null=True)),
            ],
            options={
                'db_table': 'directory_worker',
                'indexes': [models.Index(fields=['name_ka', 'id'], name='worker_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('name_ka', ''), _negated=True), models.Q(('education', ''), _negated=True)), name='worker_facts'), models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='worker_reachable'), models.CheckConstraint(condition=models.Q(('active_from__isnull', True), ('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='worker_dates')],
            },
        ),
        migrations.CreateModel(
            name='OfferRegion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='regions', to='directory.offer')),
                ('region', models.CharField(db_index=True, max_length=8)),
            ],
            options={
                'db_table': 'directory_offer_region',
                'constraints': [models.UniqueConstraint(fields=('offer', 'region'), name='offer_region_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='OfferLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='directory.offer')),
                ('language', models.CharField(max_length=8)),
            ],
            options={
                'db_table': 'directory_offer_language',
                'constraints': [models.UniqueConstraint(fields=('offer', 'language'), name='offer_language_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='WorkerLanguage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='languages', to='directory.socialworker')),
                ('language', models.CharField(max_length=8)),
            ],
            options={
                'db_table': 'directory_worker_language',
                'constraints': [models.UniqueConstraint(fields=('worker', 'language'), name='worker_language_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='WorkerRegion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='regions', to='directory.socialworker')),
                ('region', models.CharField(max_length=8)),
            ],
            options={
                'db_table': 'directory_worker_region',
                'constraints': [models.UniqueConstraint(fields=('worker', 'region'), name='worker_region_once')],
                'indexes': [],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.UUIDField(default=gza.core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='directory.socialworker')),
                ('subject', models.CharField(max_length=200)),
                ('organiser', models.CharField(blank=True, max_length=200)),
                ('completed_on', models.DateField()),
                ('hours', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'db_table': 'directory_training',
                'constraints': [models.CheckConstraint(condition=models.Q(('subject', ''), _negated=True), name='training_subject'), models.CheckConstraint(condition=models.Q(('hours__isnull', True), ('hours__gt', 0), _connector='OR'), name='training_hours')],
                'indexes': [],
            },
        ),
    ]

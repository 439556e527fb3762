"""Plans of any level with milestones, evidence, updates and one history of all changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_plan_reporter_role'),
        ('plan', '0003_coveragesnapshot_held_count'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='qué es')),
                ('dated_on', models.DateField(verbose_name='fecha del documento')),
                ('licence', models.CharField(max_length=60, verbose_name='licencia')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='dirección')),
                ('file_name', models.CharField(blank=True, max_length=200, verbose_name='archivo')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveIntegerField(null=True, verbose_name='tamaño en bytes')),
                ('added_by_office', models.CharField(max_length=255, verbose_name='quién la aportó')),
                ('added_at', models.DateTimeField(verbose_name='agregada')),
                ('published_at', models.DateTimeField(null=True, verbose_name='publicada')),
                ('checked_at', models.DateTimeField(null=True, verbose_name='dirección revisada')),
                ('dead_since', models.DateTimeField(null=True, verbose_name='no responde desde')),
                ('retired_at', models.DateTimeField(null=True, verbose_name='retirada')),
                ('retired_reason', models.TextField(blank=True, verbose_name='por qué se retiró')),
            ],
            options={
                'verbose_name': 'evidencia',
                'verbose_name_plural': 'evidencias',
                'ordering': ['-dated_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=20, verbose_name='código')),
                ('order', models.PositiveSmallIntegerField(verbose_name='orden')),
                ('label', models.CharField(max_length=300, verbose_name='hito')),
                ('description', models.TextField(blank=True, verbose_name='descripción')),
                ('unit', models.CharField(blank=True, max_length=200, verbose_name='unidad responsable')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='inicio')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='plazo')),
                ('status', models.CharField(blank=True, choices=[('not_started', 'No iniciado'), ('limited', 'Limitado'), ('substantial', 'Sustancial'), ('complete', 'Completo')], max_length=12, null=True, verbose_name='estado informado')),
                ('status_on', models.DateField(blank=True, null=True, verbose_name='informado el')),
                ('is_active', models.BooleanField(default=True, verbose_name='vigente')),
                ('source_text', models.CharField(blank=True, max_length=300, verbose_name='fuente')),
                ('source_url', models.URLField(blank=True, max_length=300, verbose_name='dirección de la fuente')),
            ],
            options={
                'verbose_name': 'hito',
                'verbose_name_plural': 'hitos',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('plan', 'Plan'), ('commitment', 'Compromiso'), ('milestone', 'Hito'), ('evidence', 'Evidencia'), ('goal', 'Meta de formación')], max_length=12)),
                ('object_id', models.BigIntegerField()),
                ('label', models.CharField(max_length=300)),
                ('kind', models.CharField(choices=[('created', 'Se creó'), ('edited', 'Se modificó'), ('replanned', 'Se reprogramó'), ('reported', 'Se informó un avance'), ('retired', 'Se retiró'), ('restored', 'Se repuso')], max_length=10)),
                ('changed_at', models.DateTimeField(verbose_name='cuándo')),
                ('from_pack', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True, verbose_name='motivo')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('version', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': 'cambio de un plan',
                'verbose_name_plural': 'cambios de planes',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='ProgressUpdate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=6, verbose_name='semestre')),
                ('state', models.CharField(choices=[('draft', 'Borrador'), ('pending', 'Por revisar'), ('returned', 'Devuelto'), ('approved', 'Aprobado')], default='draft', max_length=8, verbose_name='estado')),
                ('text', models.TextField(blank=True, verbose_name='qué se hizo')),
                ('office', models.CharField(max_length=255, verbose_name='institución que informa')),
                ('started_at', models.DateTimeField(verbose_name='empezado')),
                ('saved_at', models.DateTimeField(verbose_name='guardado')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='enviado')),
                ('approved_at', models.DateTimeField(null=True, verbose_name='aprobado')),
            ],
            options={
                'verbose_name': 'informe de avance',
                'verbose_name_plural': 'informes de avance',
                'ordering': ['-started_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Replanning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_before', models.DateField(null=True, verbose_name='plazo anterior')),
                ('due_after', models.DateField(null=True, verbose_name='plazo nuevo')),
                ('reason', models.TextField(verbose_name='motivo')),
                ('decided_at', models.DateTimeField(verbose_name='cuándo')),
            ],
            options={
                'verbose_name': 'reprogramación',
                'verbose_name_plural': 'reprogramaciones',
                'ordering': ['-decided_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='UpdateLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(blank=True, choices=[('not_started', 'No iniciado'), ('limited', 'Limitado'), ('substantial', 'Sustancial'), ('complete', 'Completo')], max_length=12, null=True)),
                ('text', models.TextField(blank=True, verbose_name='qué pasó')),
                ('due_after', models.DateField(blank=True, null=True, verbose_name='plazo nuevo')),
                ('reason', models.TextField(blank=True, verbose_name='motivo del plazo nuevo')),
            ],
            options={
                'verbose_name': 'avance de un hito',
                'verbose_name_plural': 'avances de hitos',
                'ordering': ['milestone__order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='UpdateStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Borrador'), ('pending', 'Por revisar'), ('returned', 'Devuelto'), ('approved', 'Aprobado')], max_length=8)),
                ('note', models.TextField(blank=True, verbose_name='nota')),
                ('at', models.DateTimeField(verbose_name='cuándo')),
            ],
            options={
                'verbose_name': 'paso de un informe de avance',
                'verbose_name_plural': 'pasos de informes de avance',
                'ordering': ['pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='actionplan',
            options={'ordering': ['-is_current', 'title', 'pk'], 'verbose_name': 'plan de acción', 'verbose_name_plural': 'planes de acción'},
        ),
        migrations.AlterModelOptions(
            name='externalcoding',
            options={'ordering': ['by', 'pk'], 'verbose_name': 'evaluación externa', 'verbose_name_plural': 'evaluaciones externas'},
        ),
        migrations.AddField(
            model_name='actionplan',
            name='adheres_to',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='local_plans', to='plan.actionplan', verbose_name='adhiere al plan'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='cycle',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='ciclo (año, según OGP)'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='término'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='follows',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='plan.actionplan', verbose_name='plan anterior'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='institution',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.institution', verbose_name='institución'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='level',
            field=models.CharField(choices=[('national', 'Nacional'), ('sector', 'Sectorial'), ('municipal', 'Municipal'), ('institution', 'De una institución')], default='national', max_length=12, verbose_name='alcance'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='starts_on',
            field=models.DateField(blank=True, null=True, verbose_name='inicio'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='status',
            field=models.CharField(choices=[('draft', 'Borrador'), ('consultation', 'En consulta'), ('active', 'En ejecución'), ('closed', 'Terminado')], default='active', max_length=12, verbose_name='estado'),
        ),
        migrations.AddField(
            model_name='actionplan',
            name='version',
            field=models.PositiveIntegerField(default=0, verbose_name='versión'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='ambition',
            field=models.TextField(blank=True, null=True, verbose_name='resultado esperado'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='budget_amount',
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=18, null=True, verbose_name='presupuesto'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='budget_currency',
            field=models.CharField(blank=True, max_length=3, null=True, verbose_name='moneda'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='last_update_on',
            field=models.DateField(blank=True, null=True, verbose_name='último avance aprobado'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='problem',
            field=models.TextField(blank=True, null=True, verbose_name='problema público'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='related',
            field=models.ManyToManyField(blank=True, to='plan.commitment', verbose_name='compromisos relacionados'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='reporting_institutions',
            field=models.ManyToManyField(blank=True, related_name='+', to='people.institution', verbose_name='informan el avance'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='sdg_targets',
            field=models.JSONField(blank=True, null=True, verbose_name='metas de los ODS'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='table',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='commitments', to='plan.thematictable', verbose_name='mesa de trabajo'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='version',
            field=models.PositiveIntegerField(default=0, verbose_name='versión'),
        ),
        migrations.AddField(
            model_name='externalcoding',
            name='recorded_at',
            field=models.DateTimeField(null=True, verbose_name='registrado'),
        ),
        migrations.AddConstraint(
            model_name='actionplan',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='plan_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='commitment_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('budget_amount__isnull', True), ('budget_currency__isnull', False), _connector='OR'), name='commitment_budget_has_currency'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='added_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='milestone',
            name='commitment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.commitment'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='milestone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='plan.milestone'),
        ),
        migrations.AddField(
            model_name='planchange',
            name='changed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='planchange',
            name='commitment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='plan.commitment'),
        ),
        migrations.AddField(
            model_name='planchange',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='plan.actionplan'),
        ),
        migrations.AddField(
            model_name='progressupdate',
            name='commitment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='updates', to='plan.commitment'),
        ),
        migrations.AddField(
            model_name='progressupdate',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='replanning',
            name='milestone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replannings', to='plan.milestone'),
        ),
        migrations.AddField(
            model_name='updateline',
            name='milestone',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='plan.milestone'),
        ),
        migrations.AddField(
            model_name='updateline',
            name='update',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='plan.progressupdate'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence', to='plan.updateline'),
        ),
        migrations.AddField(
            model_name='updatestep',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='updatestep',
            name='update',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='plan.progressupdate'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.UniqueConstraint(fields=('commitment', 'code'), name='milestone_code_in_commitment'),
        ),
        migrations.AddConstraint(
            model_name='milestone',
            constraint=models.CheckConstraint(condition=models.Q(('starts_on__isnull', True), ('due_on__isnull', True), ('due_on__gte', models.F('starts_on')), _connector='OR'), name='milestone_dates_in_order'),
        ),
        migrations.AddIndex(
            model_name='planchange',
            index=models.Index(fields=['subject', 'object_id'], name='change_of_object'),
        ),
        migrations.AddConstraint(
            model_name='progressupdate',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved'), _negated=True), fields=('commitment',), name='update_one_open'),
        ),
        migrations.AddConstraint(
            model_name='updateline',
            constraint=models.UniqueConstraint(fields=('update', 'milestone'), name='line_once_in_update'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), models.Q(('sha256', ''), _negated=True), _connector='XOR'), name='evidence_is_file_or_address'),
        ),
    ]

"""Indicators, the releases of their data with each observation, uploads to confirm, and closed periods."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('plan', '0007_indicator_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, verbose_name='código')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='orden')),
                ('title', models.CharField(max_length=250, verbose_name='título')),
                ('definition', models.TextField(verbose_name='qué mide')),
                ('method', models.TextField(verbose_name='cómo se calcula')),
                ('origin_text', models.CharField(max_length=250, verbose_name='quién lo definió')),
                ('origin_url', models.URLField(blank=True, max_length=300, verbose_name='dirección de la definición')),
                ('unit', models.CharField(max_length=80, verbose_name='unidad')),
                ('kind', models.CharField(choices=[('ratio', 'Proporción: numerador ÷ denominador'), ('count', 'Cantidad: solo numerador')], default='ratio', max_length=8, verbose_name='tipo')),
                ('factor', models.PositiveIntegerField(choices=[(1, '1'), (100, '100'), (1000, '1.000'), (10000, '10.000'), (100000, '100.000')], default=100, verbose_name='se multiplica por')),
                ('decimals', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(4)], verbose_name='decimales')),
                ('direction', models.CharField(choices=[('higher', 'Más es mejor'), ('lower', 'Menos es mejor'), ('none', 'Ninguna de las dos')], default='higher', max_length=8, verbose_name='dirección')),
                ('numerator_label', models.CharField(max_length=250, verbose_name='numerador')),
                ('denominator_label', models.CharField(blank=True, max_length=250, verbose_name='denominador')),
                ('is_part_of_whole', models.BooleanField(default=False, verbose_name='el numerador es parte del denominador')),
                ('frequency', models.CharField(choices=[('year', 'Cada año'), ('half_year', 'Cada semestre'), ('quarter', 'Cada trimestre'), ('month', 'Cada mes'), ('once', 'Una sola vez')], default='year', max_length=10, verbose_name='frecuencia')),
                ('baseline_value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='línea base')),
                ('baseline_period', models.CharField(blank=True, max_length=20, verbose_name='período de la línea base')),
                ('baseline_source_text', models.CharField(blank=True, max_length=250, verbose_name='fuente de la línea base')),
                ('baseline_source_url', models.URLField(blank=True, max_length=300, verbose_name='dirección de la fuente')),
                ('target_value', models.DecimalField(blank=True, decimal_places=4, max_digits=18, null=True, verbose_name='meta')),
                ('target_period', models.CharField(blank=True, max_length=20, verbose_name='período de la meta')),
                ('target_source_text', models.CharField(blank=True, max_length=250, verbose_name='fuente de la meta')),
                ('target_source_url', models.URLField(blank=True, max_length=300, verbose_name='dirección de la fuente')),
                ('source_text', models.CharField(blank=True, max_length=250, verbose_name='fuente de los datos')),
                ('source_url', models.URLField(blank=True, max_length=300, verbose_name='dirección de la fuente')),
                ('licence', models.CharField(default='CC BY 4.0', max_length=120, verbose_name='licencia de los datos')),
                ('dimensions', models.JSONField(blank=True, default=list, verbose_name='desagregación')),
                ('sdg_target', models.CharField(blank=True, max_length=6, verbose_name='meta de los ODS')),
                ('is_active', models.BooleanField(default=True, verbose_name='vigente')),
                ('created_at', models.DateTimeField(verbose_name='creado')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='plan.commitment', verbose_name='compromiso')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='plan.actionplan')),
            ],
            options={
                'verbose_name': 'indicador',
                'verbose_name_plural': 'indicadores',
                'ordering': ['commitment__number', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='IndicatorRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='número')),
                ('uploaded_at', models.DateTimeField(verbose_name='cargada')),
                ('file_name', models.CharField(max_length=200, verbose_name='archivo')),
                ('sha256', models.CharField(max_length=64)),
                ('note', models.TextField(verbose_name='qué cambia y por qué')),
                ('row_count', models.PositiveIntegerField(verbose_name='filas')),
                ('structure', models.JSONField()),
                ('is_example', models.BooleanField(default=False, verbose_name='datos de ejemplo')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='publicada')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirada')),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='motivo del retiro')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='indicators.indicator')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'revisión de datos',
                'verbose_name_plural': 'revisiones de datos',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='fila')),
                ('period', models.CharField(max_length=10, verbose_name='período')),
                ('disaggregation', models.JSONField(default=dict, verbose_name='desagregación')),
                ('cell', models.CharField(max_length=1000)),
                ('level', models.CharField(blank=True, max_length=320)),
                ('numerator', models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name='numerador')),
                ('denominator', models.DecimalField(decimal_places=4, max_digits=18, null=True, verbose_name='denominador')),
                ('status', models.CharField(choices=[('value', 'Valor'), ('not_applicable', 'No aplica'), ('no_data', 'Sin dato')], default='value', max_length=14, verbose_name='estado')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='nota')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='indicators.indicatorrevision')),
            ],
            options={
                'verbose_name': 'observación',
                'verbose_name_plural': 'observaciones',
                'ordering': ['line'],
            },
        ),
        migrations.CreateModel(
            name='PendingUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uploaded_at', models.DateTimeField(verbose_name='cargado')),
                ('file_name', models.CharField(max_length=200, verbose_name='archivo')),
                ('content', models.BinaryField()),
                ('note', models.TextField(verbose_name='qué cambia y por qué')),
                ('base', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='indicators.indicatorrevision')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pending', to='indicators.indicator')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'archivo por confirmar',
                'verbose_name_plural': 'archivos por confirmar',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='PeriodLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10, verbose_name='período')),
                ('kind', models.CharField(choices=[('lock', 'Se cerró'), ('unlock', 'Se abrió')], max_length=6)),
                ('reason', models.TextField(blank=True, verbose_name='motivo')),
                ('at', models.DateTimeField(verbose_name='cuándo')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locks', to='indicators.indicator')),
            ],
            options={
                'verbose_name': 'cierre de un período',
                'verbose_name_plural': 'cierres de períodos',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='indicator_code_in_plan'),
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'count'), models.Q(('denominator_label', ''), _negated=True), _connector='OR'), name='indicator_ratio_has_denominator'),
        ),
        migrations.AddConstraint(
            model_name='indicatorrevision',
            constraint=models.UniqueConstraint(fields=('indicator', 'number'), name='revision_number_in_indicator'),
        ),
        migrations.AddConstraint(
            model_name='indicatorrevision',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawal_reason', ''), _negated=True), _connector='OR'), name='revision_withdrawn_with_reason'),
        ),
        migrations.AddIndex(
            model_name='observation',
            index=models.Index(fields=['revision', 'level', 'period'], name='observation_of_level'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.UniqueConstraint(fields=('revision', 'period', 'cell'), name='observation_once'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('numerator__gte', 0), ('status', 'value')), models.Q(models.Q(('status', 'value'), _negated=True), ('denominator__isnull', True), ('numerator__isnull', True)), _connector='OR'), name='observation_value_has_number'),
        ),
        migrations.AddConstraint(
            model_name='observation',
            constraint=models.CheckConstraint(condition=models.Q(('denominator__isnull', True), ('denominator__gt', 0), _connector='OR'), name='observation_denominator_positive'),
        ),
        migrations.AddIndex(
            model_name='periodlock',
            index=models.Index(fields=['indicator', 'period'], name='lock_of_period'),
        ),
        migrations.AddConstraint(
            model_name='periodlock',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'lock'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='unlock_has_reason'),
        ),
    ]

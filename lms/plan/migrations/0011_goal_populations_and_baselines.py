"""Gives goals a population and a baseline; a goal for citizens has one count without institution."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_plan_reporter_role'),
        ('plan', '0010_drop_daily_coverage'),
    ]

    operations = [
        migrations.AddField(
            model_name='traininggoal',
            name='audience',
            field=models.CharField(choices=[('employees', 'Personas que trabajan en instituciones'), ('citizens', 'Ciudadanía')], default='employees', max_length=10, verbose_name='a quién se dirige'),
        ),
        migrations.AddField(
            model_name='traininggoal',
            name='baseline_on',
            field=models.DateField(blank=True, null=True, verbose_name='fecha de la línea base'),
        ),
        migrations.AddField(
            model_name='traininggoal',
            name='baseline_percent',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='línea base (%)'),
        ),
        migrations.AddField(
            model_name='traininggoal',
            name='baseline_source',
            field=models.CharField(blank=True, max_length=300, verbose_name='fuente de la línea base'),
        ),
        migrations.AddField(
            model_name='traininggoal',
            name='estamentos',
            field=models.JSONField(blank=True, default=list, verbose_name='estamentos'),
        ),
        migrations.AddField(
            model_name='traininggoal',
            name='institutions',
            field=models.JSONField(blank=True, default=list, verbose_name='instituciones'),
        ),
        migrations.AddField(
            model_name='traininggoal',
            name='legal_qualities',
            field=models.JSONField(blank=True, default=list, verbose_name='calidades jurídicas'),
        ),
        migrations.AlterField(
            model_name='coveragecell',
            name='estamento',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AlterField(
            model_name='coveragecell',
            name='institution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.institution'),
        ),
        migrations.AlterField(
            model_name='coveragecell',
            name='legal_quality',
            field=models.CharField(blank=True, max_length=16),
        ),
        migrations.AddConstraint(
            model_name='traininggoal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('baseline_on__isnull', True), ('baseline_percent__isnull', True), ('baseline_source', '')), models.Q(('baseline_on__isnull', False), ('baseline_percent__lte', 100), models.Q(('baseline_source', ''), _negated=True)), _connector='OR'), name='goal_baseline_with_its_source'),
        ),
        migrations.AddConstraint(
            model_name='traininggoal',
            constraint=models.CheckConstraint(condition=models.Q(('audience', 'employees'), models.Q(('baseline_percent__isnull', True), ('target_percent__isnull', True)), _connector='OR'), name='goal_of_citizens_has_no_percentage'),
        ),
    ]

"""Adds sealed snapshots, which nobody can change, and what was on record at each count."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0008_report_reminders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SealedSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('cutoff_date', models.DateField(verbose_name='fecha de corte')),
                ('sealed_at', models.DateTimeField(verbose_name='sellada')),
                ('why', models.CharField(choices=[('month_end', 'Cierre de mes'), ('on_demand', 'A pedido')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='motivo')),
                ('content', models.TextField()),
                ('totals', models.JSONField()),
                ('known', models.JSONField()),
                ('previous_sha256', models.CharField(blank=True, max_length=64)),
                ('sha256', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': 'cobertura sellada',
                'verbose_name_plural': 'coberturas selladas',
                'ordering': ['-cutoff_date'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='coveragesnapshot',
            name='snapshot_daily_once',
        ),
        migrations.AddField(
            model_name='coveragesnapshot',
            name='known',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='coveragesnapshot',
            name='kind',
            field=models.CharField(choices=[('current', 'actual')], max_length=8),
        ),
        migrations.AddField(
            model_name='sealedsnapshot',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='plan.actionplan'),
        ),
        migrations.AddField(
            model_name='sealedsnapshot',
            name='sealed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='sealedsnapshot',
            constraint=models.UniqueConstraint(fields=('plan', 'cutoff_date'), name='sealed_once_per_day'),
        ),
        migrations.AddConstraint(
            model_name='sealedsnapshot',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='seal_number_in_plan'),
        ),
    ]

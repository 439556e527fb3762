"""Adds uploaded headcounts, and where the people of each count were read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0013_plan_reporter_role'),
        ('plan', '0011_goal_populations_and_baselines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='coveragesnapshot',
            name='headcounts',
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name='HeadcountUpload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headcount_date', models.DateField(verbose_name='fecha de la dotación')),
                ('source_text', models.CharField(max_length=300, verbose_name='fuente')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='dirección de la fuente')),
                ('includes_honorarios', models.BooleanField(verbose_name='incluye honorarios')),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('uploaded_at', models.DateTimeField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headcounts', to='plan.actionplan')),
                ('uploaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'dotación cargada',
                'verbose_name_plural': 'dotaciones cargadas',
                'ordering': ['-headcount_date', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Headcount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('estamento', models.CharField(max_length=16)),
                ('legal_quality', models.CharField(max_length=16)),
                ('people', models.PositiveIntegerField(verbose_name='personas')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.institution')),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='plan.headcountupload')),
            ],
            options={
                'verbose_name': 'dotación de un grupo',
                'verbose_name_plural': 'dotaciones de grupos',
                'constraints': [models.UniqueConstraint(fields=('upload', 'institution', 'estamento', 'legal_quality'), name='headcount_once')],
            },
        ),
    ]

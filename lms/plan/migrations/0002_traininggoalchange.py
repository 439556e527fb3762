"""The history of training goals, and since when each counts what it counts."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='traininggoal',
            name='counted_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='se cuenta así desde'),
        ),
        migrations.CreateModel(
            name='TrainingGoalChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('created', 'Creada'), ('edited', 'Modificada'), ('retired', 'Retirada'), ('restored', 'Puesta de nuevo en vigencia')], max_length=8)),
                ('changed_at', models.DateTimeField(verbose_name='cuándo')),
                ('before', models.JSONField(default=dict)),
                ('after', models.JSONField(default=dict)),
                ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('goal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='plan.traininggoal')),
            ],
            options={
                'verbose_name': 'cambio de una meta',
                'verbose_name_plural': 'cambios de metas',
                'ordering': ['-pk'],
            },
        ),
    ]

"""A plan's history tells of indicators too."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0006_remove_goal_history_and_lists'),
    ]

    operations = [
        migrations.AlterField(
            model_name='planchange',
            name='subject',
            field=models.CharField(choices=[('plan', 'Plan'), ('commitment', 'Compromiso'), ('milestone', 'Hito'), ('evidence', 'Evidencia'), ('goal', 'Meta de formación'), ('indicator', 'Indicador')], max_length=12),
        ),
    ]

"""External codings get their line of history."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0013_remember_earlier_releases'),
    ]

    operations = [
        migrations.AlterField(
            model_name='planchange',
            name='subject',
            field=models.CharField(choices=[('plan', 'Plan'), ('commitment', 'Compromiso'), ('milestone', 'Hito'), ('evidence', 'Evidencia'), ('goal', 'Meta de formación'), ('coding', 'Evaluación externa'), ('indicator', 'Indicador')], max_length=12),
        ),
    ]

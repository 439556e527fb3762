"""What a current snapshot knows of later counts that were not published."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0002_traininggoalchange'),
    ]

    operations = [
        migrations.AddField(
            model_name='coveragesnapshot',
            name='held_mark',
            field=models.CharField(blank=True, default='', max_length=64),
        ),
        migrations.AddField(
            model_name='coveragesnapshot',
            name='is_outdated',
            field=models.BooleanField(default=False),
        ),
    ]

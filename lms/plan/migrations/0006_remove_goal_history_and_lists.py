"""What the history of the plan and the rows of milestones replace."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0005_move_history_and_targets'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='traininggoalchange',
            name='changed_by',
        ),
        migrations.RemoveField(
            model_name='traininggoalchange',
            name='goal',
        ),
        migrations.RemoveConstraint(
            model_name='externalcoding',
            name='coding_once_per_source',
        ),
        migrations.RemoveField(
            model_name='commitment',
            name='milestones',
        ),
        migrations.RemoveField(
            model_name='commitment',
            name='sdgs',
        ),
        migrations.AlterField(
            model_name='milestone',
            name='commitment',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='plan.commitment'),
        ),
        migrations.DeleteModel(
            name='TrainingGoalChange',
        ),
    ]

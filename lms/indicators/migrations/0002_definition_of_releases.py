"""Each release keeps what its indicator said."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0001_indicators_with_revisions'),
    ]

    operations = [
        migrations.AddField(
            model_name='indicatorrevision',
            name='definition',
            field=models.JSONField(default=dict),
        ),
    ]

"""Names the releases before the current one."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plan', '0012_uploaded_headcounts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='coveragesnapshot',
            name='kind',
            field=models.CharField(choices=[('current', 'actual'), ('earlier', 'anterior')], max_length=8),
        ),
    ]

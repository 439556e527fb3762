from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0007_roster_chunks_and_mappings'),
    ]

    operations = [
        migrations.AddField(
            model_name='unit',
            name='valid_until',
            field=models.DateField(blank=True, null=True, verbose_name='existe hasta'),
        ),
    ]

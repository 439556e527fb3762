"""Versions of the open data that can be cited."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('plan', '0006_remove_goal_history_and_lists'),
    ]

    operations = [
        migrations.CreateModel(
            name='FileContent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True)),
                ('size', models.PositiveIntegerField(verbose_name='bytes')),
                ('compressed', models.BinaryField()),
            ],
            options={
                'verbose_name': 'contenido publicado',
                'verbose_name_plural': 'contenidos publicados',
            },
        ),
        migrations.CreateModel(
            name='DataRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='versión')),
                ('made_at', models.DateTimeField(verbose_name='publicada')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_releases', to='plan.actionplan')),
            ],
            options={
                'verbose_name': 'versión de los datos',
                'verbose_name_plural': 'versiones de los datos',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='ReleasedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60, verbose_name='archivo')),
                ('media_type', models.CharField(max_length=60)),
                ('content', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='publishing.filecontent')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='publishing.datarelease')),
            ],
            options={
                'verbose_name': 'archivo publicado',
                'verbose_name_plural': 'archivos publicados',
                'ordering': ['order'],
            },
        ),
        migrations.AddConstraint(
            model_name='datarelease',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='data_release_number_in_plan'),
        ),
        migrations.AddConstraint(
            model_name='releasedfile',
            constraint=models.UniqueConstraint(fields=('release', 'name'), name='released_file_once'),
        ),
    ]

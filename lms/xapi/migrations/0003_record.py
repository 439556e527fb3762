import uuid

from django.db import migrations, models

from lms.xapi.engines.partitions import CreatePartitionedModel, create_tie, drop_tie


class Migration(migrations.Migration):
    """Statements and what they are found by; on PostgreSQL in monthly partitions."""

    dependencies = [("xapi", "0002_set_old_statements_aside")]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('key', models.BigIntegerField(primary_key=True, serialize=False)),
                ('iri', models.TextField()),
                ('told', models.BinaryField(default=b'{}')),
            ],
            options={
                'verbose_name': 'actividad',
                'verbose_name_plural': 'actividades',
            },
        ),
        CreatePartitionedModel(
            name='IndexRow',
            fields=[
                ('pk', models.CompositePrimaryKey('position', 'via', blank=True, editable=False, primary_key=True, serialize=False)),
                ('position', models.BigIntegerField()),
                ('via', models.SmallIntegerField()),
                ('actor', models.BigIntegerField(null=True)),
                ('verb', models.BigIntegerField()),
                ('activity', models.BigIntegerField(null=True)),
                ('registration', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name': 'fila del índice',
                'verbose_name_plural': 'filas del índice',
            },
        ),
        CreatePartitionedModel(
            name='Link',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'position', 'via', blank=True, editable=False, primary_key=True, serialize=False)),
                ('key', models.BigIntegerField()),
                ('position', models.BigIntegerField()),
                ('via', models.SmallIntegerField()),
            ],
            options={
                'verbose_name': 'enlace del índice',
                'verbose_name_plural': 'enlaces del índice',
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('pk', models.CompositePrimaryKey('target', 'position', blank=True, editable=False, primary_key=True, serialize=False)),
                ('target', models.UUIDField()),
                ('position', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'referencia entre declaraciones',
                'verbose_name_plural': 'referencias entre declaraciones',
            },
        ),
        CreatePartitionedModel(
            name='Statement',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=uuid.uuid4)),
                ('body', models.BinaryField()),
            ],
            options={
                'verbose_name': 'declaración xAPI',
                'verbose_name_plural': 'declaraciones xAPI',
            },
        ),
        migrations.CreateModel(
            name='StatementKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(null=True)),
                ('digest', models.BinaryField(null=True)),
                ('voided_by', models.UUIDField(null=True)),
            ],
            options={
                'verbose_name': 'identificador de declaración',
                'verbose_name_plural': 'identificadores de declaración',
            },
        ),
        migrations.AddIndex(
            model_name='indexrow',
            index=models.Index(fields=['actor', 'position'], name='xapi_index_actor'),
        ),
        migrations.AddIndex(
            model_name='indexrow',
            index=models.Index(fields=['verb', 'position'], name='xapi_index_verb'),
        ),
        migrations.AddIndex(
            model_name='indexrow',
            index=models.Index(fields=['activity', 'position'], name='xapi_index_activity'),
        ),
        migrations.AddIndex(
            model_name='indexrow',
            index=models.Index(fields=['registration', 'position'], name='xapi_index_registration'),
        ),
        migrations.RunPython(create_tie, drop_tie),
    ]

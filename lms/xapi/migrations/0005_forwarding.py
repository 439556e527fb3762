import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Where statements go on to."""

    dependencies = [("xapi", "0004_programs")]

    operations = [
        migrations.CreateModel(
            name='DeadLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.BigIntegerField()),
                ('statement_id', models.UUIDField()),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'declaración no entregada',
                'verbose_name_plural': 'declaraciones no entregadas',
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='ForwardTarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='nombre')),
                ('endpoint', models.URLField(max_length=500, verbose_name='dirección')),
                ('key', models.CharField(max_length=200, verbose_name='clave')),
                ('secret', models.TextField()),
                ('verbs', models.JSONField(default=list, verbose_name='verbos')),
                ('only_ours', models.BooleanField(default=True, verbose_name='solo lo que dice esta plataforma')),
                ('own_pseudonyms', models.BooleanField(default=True, verbose_name='seudónimos propios de este destino')),
                ('pseudonym_key', models.CharField(max_length=64)),
                ('is_active', models.BooleanField(default=True, verbose_name='activo')),
                ('cursor', models.BigIntegerField()),
                ('sent_count', models.BigIntegerField(default=0)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('last_error', models.TextField(default='')),
                ('last_sent_at', models.DateTimeField(null=True)),
                ('next_attempt_at', models.DateTimeField(null=True)),
                ('leased_until', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'destino de reenvío',
                'verbose_name_plural': 'destinos de reenvío',
            },
        ),
        migrations.AddField(
            model_name='deadletter',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dead_letters', to='xapi.forwardtarget'),
        ),
        migrations.AddConstraint(
            model_name='deadletter',
            constraint=models.UniqueConstraint(fields=('target', 'position'), name='one_dead_letter'),
        ),
    ]

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    """Programs that speak to the record, their documents and files."""

    dependencies = [("xapi", "0003_record")]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('sha2', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('file', models.CharField(max_length=200)),
                ('length', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'archivo adjunto',
                'verbose_name_plural': 'archivos adjuntos',
            },
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('secret_hash', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=100, verbose_name='nombre')),
                ('authority_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('scopes', models.JSONField(default=list, verbose_name='permisos')),
                ('actor', models.JSONField(null=True)),
                ('registration', models.UUIDField(null=True)),
                ('activity_prefix', models.TextField(default='')),
                ('verbs', models.JSONField(default=list)),
                ('created_at', models.DateTimeField()),
                ('rotated_at', models.DateTimeField(null=True)),
                ('expires_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'credencial',
                'verbose_name_plural': 'credenciales',
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=32, unique=True)),
                ('place', models.CharField(db_index=True, max_length=32)),
                ('resource', models.CharField(choices=[('state', 'Estado'), ('activity_profile', 'Perfil de actividad'), ('agent_profile', 'Perfil de agente')], max_length=16)),
                ('activity', models.TextField(default='')),
                ('agent', models.TextField(default='')),
                ('registration', models.CharField(default='', max_length=36)),
                ('name', models.TextField()),
                ('content_type', models.CharField(max_length=255)),
                ('content', models.BinaryField()),
                ('etag', models.CharField(max_length=40)),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'documento xAPI',
                'verbose_name_plural': 'documentos xAPI',
            },
        ),
        migrations.AddConstraint(
            model_name='credential',
            constraint=models.CheckConstraint(condition=models.Q(('actor__isnull', True), models.Q(('expires_at__isnull', False), ('registration__isnull', False)), _connector='OR'), name='launch_is_bound_and_expires'),
        ),
    ]

"""Consultations, contributions with their reasoned replies, meetings, and who follows a commitment."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('plan', '0006_remove_goal_history_and_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='título')),
                ('question', models.TextField(verbose_name='qué se pregunta')),
                ('rules', models.TextField(blank=True, verbose_name='reglas de esta consulta')),
                ('timeline', models.TextField(verbose_name='qué pasa después y cuándo')),
                ('opens_on', models.DateField(verbose_name='abre')),
                ('closes_on', models.DateField(verbose_name='cierra')),
                ('is_published', models.BooleanField(default=False, verbose_name='publicada')),
                ('created_at', models.DateTimeField()),
                ('commitment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='consultations', to='plan.commitment', verbose_name='compromiso')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consultations', to='plan.actionplan')),
            ],
            options={
                'verbose_name': 'consulta',
                'verbose_name_plural': 'consultas',
                'ordering': ['-opens_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConsultationSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='título')),
                ('text', models.TextField(blank=True, verbose_name='texto')),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plan.commitment')),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='participation.consultation')),
            ],
            options={
                'verbose_name': 'sección de una consulta',
                'verbose_name_plural': 'secciones de consultas',
                'ordering': ['order'],
            },
        ),
        migrations.CreateModel(
            name='Contribution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(verbose_name='número')),
                ('kind', models.CharField(choices=[('comment', 'Comentario a un compromiso'), ('contribution', 'Aporte a una consulta')], max_length=12)),
                ('text', models.TextField(blank=True, max_length=3000, verbose_name='texto')),
                ('fingerprint', models.CharField(blank=True, max_length=64)),
                ('shows_name', models.BooleanField(default=False, verbose_name='muestra su nombre')),
                ('sector', models.CharField(choices=[('citizen', 'Ciudadanía, a título personal'), ('civil_society', 'Sociedad civil'), ('academia', 'Academia'), ('private', 'Sector privado'), ('public_body', 'Organismo público')], max_length=13, verbose_name='sector')),
                ('organisation', models.CharField(blank=True, max_length=120, verbose_name='organización')),
                ('wants_mail', models.BooleanField(default=False, verbose_name='quiere saber por correo de la respuesta')),
                ('state', models.CharField(choices=[('waiting', 'Por revisar'), ('shown', 'Publicado'), ('hidden', 'Oculto por moderación'), ('withdrawn', 'Retirado por quien lo escribió')], max_length=9)),
                ('hidden_reason', models.CharField(blank=True, choices=[('offence', 'Ofende, amenaza o discrimina'), ('personal_data', 'Da datos personales de alguien'), ('accusation', 'Acusa a una persona: eso va a los canales de denuncia'), ('advertising', 'Es publicidad o propaganda electoral'), ('off_topic', 'No trata del plan'), ('repeated', 'Repite lo mismo muchas veces')], max_length=13)),
                ('hidden_note', models.CharField(blank=True, max_length=300)),
                ('written_at', models.DateTimeField()),
                ('shown_at', models.DateTimeField(null=True)),
                ('edited_at', models.DateTimeField(null=True)),
                ('answered_in_days', models.PositiveIntegerField(null=True)),
                ('author', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='plan.commitment')),
                ('consultation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='contributions', to='participation.consultation')),
                ('follow_up_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='follow_ups', to='participation.contribution')),
                ('plan', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='contributions', to='plan.actionplan')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='contributions', to='participation.consultationsection')),
            ],
            options={
                'verbose_name': 'aporte',
                'verbose_name_plural': 'aportes',
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='ContributionEdit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(max_length=3000)),
                ('replaced_at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='edits', to='participation.contribution')),
            ],
            options={
                'verbose_name': 'versión anterior de un aporte',
                'verbose_name_plural': 'versiones anteriores de aportes',
                'ordering': ['replaced_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ContributionReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('offence', 'Ofende, amenaza o discrimina'), ('personal_data', 'Da datos personales de alguien'), ('accusation', 'Acusa a una persona: eso va a los canales de denuncia'), ('advertising', 'Es publicidad o propaganda electoral'), ('off_topic', 'No trata del plan'), ('repeated', 'Repite lo mismo muchas veces')], max_length=13)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('quoted', models.TextField(blank=True, max_length=3000)),
                ('reported_at', models.DateTimeField()),
                ('resolved_at', models.DateTimeField(null=True)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='participation.contribution')),
                ('reporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'aviso sobre un aporte',
                'verbose_name_plural': 'avisos sobre aportes',
                'ordering': ['reported_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DialogueMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('held_on', models.DateField(verbose_name='fecha')),
                ('title', models.CharField(max_length=200, verbose_name='título')),
                ('is_online', models.BooleanField(default=False, verbose_name='en línea')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='lugar')),
                ('agenda', models.TextField(verbose_name='temario')),
                ('minutes_text', models.TextField(blank=True, verbose_name='acta')),
                ('minutes_url', models.URLField(blank=True, max_length=500, verbose_name='enlace al acta')),
                ('agreements', models.TextField(blank=True, verbose_name='acuerdos')),
                ('is_published', models.BooleanField(default=False, verbose_name='publicada')),
                ('saved_at', models.DateTimeField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='plan.actionplan')),
            ],
            options={
                'verbose_name': 'reunión de diálogo',
                'verbose_name_plural': 'reuniones de diálogo',
                'ordering': ['-held_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Follower',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sealed_address', models.TextField(blank=True)),
                ('address_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('soft_failures', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('user', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'seguidor',
                'verbose_name_plural': 'seguidores',
            },
        ),
        migrations.CreateModel(
            name='Following',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_change', models.BigIntegerField(default=0)),
                ('told_reply', models.BigIntegerField(default=0)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.commitment')),
                ('follower', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followings', to='participation.follower')),
            ],
            options={
                'verbose_name': 'seguimiento de un compromiso',
                'verbose_name_plural': 'seguimientos de compromisos',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingAttendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sector', models.CharField(choices=[('citizen', 'Ciudadanía, a título personal'), ('civil_society', 'Sociedad civil'), ('academia', 'Academia'), ('private', 'Sector privado'), ('public_body', 'Organismo público')], max_length=13)),
                ('people', models.PositiveIntegerField(verbose_name='personas')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='participation.dialoguemeeting')),
            ],
            options={
                'verbose_name': 'asistencia a una reunión',
                'verbose_name_plural': 'asistencia a reuniones',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ModerationAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('mostrar', 'Publicó'), ('ocultar', 'Ocultó'), ('reponer', 'Repuso'), ('descartar', 'Descartó los avisos')], max_length=9)),
                ('reason', models.CharField(blank=True, choices=[('offence', 'Ofende, amenaza o discrimina'), ('personal_data', 'Da datos personales de alguien'), ('accusation', 'Acusa a una persona: eso va a los canales de denuncia'), ('advertising', 'Es publicidad o propaganda electoral'), ('off_topic', 'No trata del plan'), ('repeated', 'Repite lo mismo muchas veces')], max_length=13)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='participation.contribution')),
            ],
            options={
                'verbose_name': 'acción de moderación del plan',
                'verbose_name_plural': 'acciones de moderación del plan',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='OfficialReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.CharField(choices=[('accepted', 'Acogido'), ('partly', 'Acogido en parte'), ('rejected', 'No acogido'), ('answered', 'Respondido')], max_length=8, verbose_name='decisión')),
                ('reason', models.TextField(verbose_name='motivo')),
                ('office', models.CharField(max_length=255, verbose_name='quién responde')),
                ('is_correction', models.BooleanField(default=False)),
                ('replied_at', models.DateTimeField(verbose_name='cuándo')),
                ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plan.commitment')),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='participation.contribution')),
                ('milestone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='plan.milestone')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participation.consultationsection')),
            ],
            options={
                'verbose_name': 'respuesta oficial',
                'verbose_name_plural': 'respuestas oficiales',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('confirm', 'Confirmar una dirección'), ('digest', 'Novedades de compromisos'), ('reply', 'Respuesta a un aporte')], max_length=7)),
                ('state', models.CharField(choices=[('waiting', 'Por enviar'), ('handed', 'Enviándose'), ('sent', 'Enviado'), ('unknown', 'No se sabe si llegó'), ('failed', 'No se pudo enviar')], default='waiting', max_length=7)),
                ('day', models.DateField()),
                ('change_upto', models.BigIntegerField(default=0)),
                ('reply_upto', models.BigIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('handed_at', models.DateTimeField(null=True)),
                ('follower', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='participation.follower')),
                ('following', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='participation.following')),
                ('recipient', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reply', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='participation.officialreply')),
            ],
            options={
                'verbose_name': 'correo de participación',
                'verbose_name_plural': 'correos de participación',
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='latest_reply',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='participation.officialreply'),
        ),
        migrations.CreateModel(
            name='ParticipationSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('comments_open', models.BooleanField(default=True, verbose_name='recibe comentarios')),
                ('reviews_first', models.BooleanField(default=False, verbose_name='revisa antes de publicar')),
                ('space_rules', models.TextField(blank=True, verbose_name='reglas básicas del espacio de diálogo')),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='participation', to='plan.actionplan')),
            ],
            options={
                'verbose_name': 'ajustes de participación',
                'verbose_name_plural': 'ajustes de participación',
            },
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='consultation_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='consultationsection',
            constraint=models.UniqueConstraint(fields=('consultation', 'order'), name='section_order_in_consultation'),
        ),
        migrations.AddIndex(
            model_name='contributionreport',
            index=models.Index(condition=models.Q(('resolved_at__isnull', True)), fields=['contribution'], name='contribution_reported'),
        ),
        migrations.AddConstraint(
            model_name='contributionreport',
            constraint=models.UniqueConstraint(fields=('contribution', 'reporter'), name='contribution_reported_once'),
        ),
        migrations.AddConstraint(
            model_name='dialoguemeeting',
            constraint=models.CheckConstraint(condition=models.Q(('is_online', True), models.Q(('place', ''), _negated=True), _connector='OR'), name='meeting_is_somewhere_or_online'),
        ),
        migrations.AddConstraint(
            model_name='follower',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('address_hash__isnull', True), ('sealed_address', ''), ('user__isnull', False)), models.Q(('address_hash__isnull', False), ('user__isnull', True), models.Q(('sealed_address', ''), _negated=True)), _connector='OR'), name='follower_is_account_or_address'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.UniqueConstraint(fields=('follower', 'commitment'), name='following_once'),
        ),
        migrations.AddConstraint(
            model_name='meetingattendance',
            constraint=models.UniqueConstraint(fields=('meeting', 'sector'), name='attendance_once_a_sector'),
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'handed'])), fields=['not_before'], name='letter_unfinished'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'digest')), fields=('follower', 'day'), name='letter_digest_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'confirm')), fields=('following', 'day'), name='letter_confirm_once_a_day'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'reply')), fields=('reply',), name='letter_reply_once'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['author', '-written_at'], name='contribution_of_author'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['plan', 'state', 'shown_at'], name='contribution_by_state'),
        ),
        migrations.AddIndex(
            model_name='contribution',
            index=models.Index(fields=['plan', 'answered_in_days'], name='contribution_by_days'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='contribution_number_in_plan'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('commitment__isnull', False), ('consultation__isnull', True), ('kind', 'comment')), models.Q(('consultation__isnull', False), ('kind', 'contribution')), _connector='OR'), name='contribution_is_of_one_thing'),
        ),
    ]

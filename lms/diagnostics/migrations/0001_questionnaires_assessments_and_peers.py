"""Questionnaires with their versions, what institutions answer, what is shown of their peers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0013_plan_reporter_role'),
        ('plan', '0006_remove_goal_history_and_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=60, unique=True, verbose_name='código')),
                ('title', models.CharField(max_length=200, verbose_name='título')),
                ('summary', models.CharField(max_length=300, verbose_name='resumen')),
                ('plan_code', models.SlugField(max_length=60, verbose_name='plan')),
                ('commitments', models.JSONField(verbose_name='compromisos')),
                ('is_published', models.BooleanField(default=True, verbose_name='se ofrece')),
            ],
            options={
                'verbose_name': 'cuestionario',
                'verbose_name_plural': 'cuestionarios',
                'ordering': ['title', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='versión')),
                ('content', models.JSONField(verbose_name='contenido')),
                ('content_hash', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField(verbose_name='publicada')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='diagnostics.questionnaire')),
            ],
            options={
                'verbose_name': 'versión de un cuestionario',
                'verbose_name_plural': 'versiones de cuestionarios',
                'ordering': ['questionnaire_id', '-version'],
            },
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='current',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='diagnostics.questionnairerelease'),
        ),
        migrations.CreateModel(
            name='PeerSummary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=14, verbose_name='tipo de institución')),
                ('members', models.JSONField()),
                ('figures', models.JSONField(verbose_name='cifras')),
                ('institution_count', models.PositiveIntegerField(verbose_name='instituciones')),
                ('shown_at', models.DateTimeField(verbose_name='se muestra desde')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='retirado')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='peer_summaries', to='diagnostics.questionnairerelease')),
            ],
            options={
                'verbose_name': 'resumen de instituciones comparables',
                'verbose_name_plural': 'resúmenes de instituciones comparables',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Borrador'), ('finished', 'Terminada')], default='draft', max_length=10, verbose_name='estado')),
                ('as_of', models.DateField(verbose_name='a qué fecha')),
                ('started_at', models.DateTimeField(verbose_name='comenzada')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='terminada')),
                ('published_at', models.DateTimeField(null=True, verbose_name='publicada')),
                ('first_published_at', models.DateTimeField(null=True, verbose_name='publicada por primera vez')),
                ('result', models.JSONField(default=dict, verbose_name='resultado')),
                ('based_on', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='diagnostics.assessment')),
                ('finished_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.institution')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='diagnostics.questionnaire')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='diagnostics.questionnairerelease')),
            ],
            options={
                'verbose_name': 'diagnóstico de una institución',
                'verbose_name_plural': 'diagnósticos de instituciones',
                'ordering': ['-finished_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_key', models.SlugField(max_length=60)),
                ('level', models.PositiveSmallIntegerField(null=True, verbose_name='nivel')),
                ('is_not_applicable', models.BooleanField(default=False, verbose_name='no aplica')),
                ('comment', models.TextField(blank=True, verbose_name='comentario')),
                ('evidence_text', models.TextField(blank=True, verbose_name='evidencia')),
                ('evidence_links', models.JSONField(default=list, verbose_name='enlaces')),
                ('answered_at', models.DateTimeField(verbose_name='respondida')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='diagnostics.assessment')),
            ],
            options={
                'verbose_name': 'respuesta',
                'verbose_name_plural': 'respuestas',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'question_key'), name='answer_once_per_question'), models.CheckConstraint(condition=models.Q(('is_not_applicable', False), ('level__isnull', True), _connector='OR'), name='answer_applies_or_has_level')],
            },
        ),
        migrations.CreateModel(
            name='PlannedImprovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question_key', models.SlugField(max_length=60)),
                ('planned_at', models.DateTimeField(verbose_name='cuándo')),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='planned', to='diagnostics.assessment')),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plan.milestone')),
            ],
            options={
                'verbose_name': 'mejora planificada',
                'verbose_name_plural': 'mejoras planificadas',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'question_key'), name='improvement_planned_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='questionnairerelease',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'version'), name='release_version_once'),
        ),
        migrations.AddIndex(
            model_name='peersummary',
            index=models.Index(fields=['release', 'kind'], name='peers_of_release'),
        ),
        migrations.AddIndex(
            model_name='assessment',
            index=models.Index(fields=['release', 'state'], name='assessment_of_release'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('institution', 'questionnaire'), name='assessment_one_draft'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('published_at__isnull', True), ('state', 'draft')), models.Q(('finished_at__isnull', False), ('state', 'finished')), _connector='OR'), name='assessment_finished_has_date'),
        ),
    ]

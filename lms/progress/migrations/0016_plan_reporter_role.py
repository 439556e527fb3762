"""A role for those who report on the commitments of their institution."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('progress', '0015_note_waiting_late_texts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='completionevidence',
            name='role',
            field=models.CharField(choices=[('hr', 'Gestión de Personas'), ('team_lead', 'Jefatura de unidad'), ('integrity_coordinator', 'Coordinación de integridad'), ('trainer', 'Docente o relatora'), ('reviewer', 'Revisión de cursos'), ('plan_owner', 'Equipo del plan'), ('plan_reporter', 'Unidad responsable de compromisos'), ('auditor', 'Auditoría'), ('administrator', 'Administración de la plataforma')], max_length=24),
        ),
        migrations.AlterField(
            model_name='completionvoid',
            name='role',
            field=models.CharField(choices=[('hr', 'Gestión de Personas'), ('team_lead', 'Jefatura de unidad'), ('integrity_coordinator', 'Coordinación de integridad'), ('trainer', 'Docente o relatora'), ('reviewer', 'Revisión de cursos'), ('plan_owner', 'Equipo del plan'), ('plan_reporter', 'Unidad responsable de compromisos'), ('auditor', 'Auditoría'), ('administrator', 'Administración de la plataforma')], max_length=24),
        ),
        migrations.AlterField(
            model_name='questionanswer',
            name='role',
            field=models.CharField(choices=[('hr', 'Gestión de Personas'), ('team_lead', 'Jefatura de unidad'), ('integrity_coordinator', 'Coordinación de integridad'), ('trainer', 'Docente o relatora'), ('reviewer', 'Revisión de cursos'), ('plan_owner', 'Equipo del plan'), ('plan_reporter', 'Unidad responsable de compromisos'), ('auditor', 'Auditoría'), ('administrator', 'Administración de la plataforma')], max_length=24),
        ),
    ]

"""A role for those who report on the commitments of their institution."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0012_reviewer_role'),
    ]

    operations = [
        migrations.AlterField(
            model_name='roleassignment',
            name='role',
            field=models.CharField(choices=[('hr', 'Gestión de Personas'), ('team_lead', 'Jefatura de unidad'), ('integrity_coordinator', 'Coordinación de integridad'), ('trainer', 'Docente o relatora'), ('reviewer', 'Revisión de cursos'), ('plan_owner', 'Equipo del plan'), ('plan_reporter', 'Unidad responsable de compromisos'), ('auditor', 'Auditoría'), ('administrator', 'Administración de la plataforma')], max_length=24, verbose_name='rol'),
        ),
    ]

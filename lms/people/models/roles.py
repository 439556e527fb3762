from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an account may do for others. Everybody may learn; that needs no role."""

    HR = "hr", _("Gestión de Personas")
    TEAM_LEAD = "team_lead", _("Jefatura de unidad")
    INTEGRITY_COORDINATOR = "integrity_coordinator", _("Coordinación de integridad")
    TRAINER = "trainer", _("Docente o relatora")
    REVIEWER = "reviewer", _("Revisión de cursos")
    PLAN_OWNER = "plan_owner", _("Equipo del plan")
    PLAN_REPORTER = "plan_reporter", _("Unidad responsable de compromisos")
    AUDITOR = "auditor", _("Auditoría")
    ADMINISTRATOR = "administrator", _("Administración de la plataforma")


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    def valid_at(self, at: datetime) -> "RoleAssignmentQuerySet":
        """Assignments in force at ``at``; a lent one only while its source is."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=at),
            Q(delegated_from__isnull=True)
            | Q(delegated_from__valid_until__isnull=True)
            | Q(delegated_from__valid_until__gt=at),
            valid_from__lte=at,
        )


class RoleAssignment(models.Model):
    """One role of one account: in the whole platform, an institution, or a unit with those below it.

    ``with_dependents``: also in the institutions that depend on it (a ministry and its services).
    ``delegated_from``: lent by another account; it holds only while that assignment holds.
    Unique by account, role, institution and unit among those without an end.

    PII: says what an account may see; kept after its end as proof of who could see what.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("rol"), max_length=24, choices=Role.choices)
    institution = models.ForeignKey(
        "people.Institution", null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    unit = models.ForeignKey(
        "people.Unit", null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    with_dependents = models.BooleanField(_("también en las que dependen de ella"), default=False)
    delegated_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="delegations"
    )
    valid_from = models.DateTimeField(_("desde"))
    valid_until = models.DateTimeField(_("hasta"), null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rol asignado")
        verbose_name_plural = _("roles asignados")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "institution"],
                condition=Q(valid_until__isnull=True, institution__isnull=False, unit__isnull=True),
                name="role_open_once_in_institution",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(valid_until__isnull=True, unit__isnull=False),
                name="role_open_once_in_unit",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(institution__isnull=False),
                name="role_unit_has_institution",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(valid_until__isnull=True, institution__isnull=True),
                name="role_open_once_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

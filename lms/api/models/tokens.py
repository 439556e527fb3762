import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a program may do."""

    PLACES_READ = "places:read", _("Leer instituciones y unidades")
    PEOPLE_READ = "people:read", _("Leer personas, destinaciones y ausencias")
    TRAINING_READ = "training:read", _("Leer exigencias, formación asignada y cursos completados")
    REPORTS_READ = "reports:read", _("Leer totales, sin nombres")
    ROSTERS_WRITE = "rosters:write", _("Cargar nóminas")


class ApiToken(models.Model):
    """A program's key to the API: what it may do, where, and until when. Its secret is kept by nobody.

    Without ``institution`` it reaches everything. It rests on the role (``assignment``) by which its
    creator could make it, and works only while that role is in force; a token of a superuser has none
    and works while its creator is one. ``last_used_on`` is written at most once a day.

    PII: who made it; kept as proof of who let a program in.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nombre"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("permisos"), default=list)
    institution = models.ForeignKey(
        "people.Institution", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    with_dependents = models.BooleanField(_("también las que dependen de ella"), default=False)
    assignment = models.ForeignKey(
        "people.RoleAssignment", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("llave de la API")
        verbose_name_plural = _("llaves de la API")
        constraints = [
            models.CheckConstraint(
                condition=Q(institution__isnull=False) | Q(with_dependents=False),
                name="api_token_dependents_of_an_institution",
            )
        ]

    def __str__(self) -> str:
        return self.name

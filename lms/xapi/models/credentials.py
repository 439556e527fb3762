"""Who may speak to the record."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """xAPI-Communication 4.0, OAuth authorization scope, the same words."""

    STATEMENTS_WRITE = "statements/write", _("Escribir declaraciones")
    STATEMENTS_READ_MINE = "statements/read/mine", _("Leer las declaraciones que escribió")
    STATEMENTS_READ = "statements/read", _("Leer todas las declaraciones")
    STATE = "state", _("Leer y escribir estados")
    PROFILE = "profile", _("Leer y escribir perfiles")
    ALL = "all", _("Todo")


class Credential(models.Model):
    """A program's key and the keyed hash of its secret, which nobody can read again.

    With an ``actor`` it is a launch: bound to that account, to a registration, to activities that
    start with ``activity_prefix`` and to ``verbs``, until ``expires_at``.
    """

    key = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=64)
    name = models.CharField(_("nombre"), max_length=100)
    authority_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scopes = models.JSONField(_("permisos"), default=list)
    actor = models.JSONField(null=True)
    registration = models.UUIDField(null=True)
    activity_prefix = models.TextField(default="")
    verbs = models.JSONField(default=list)
    created_at = models.DateTimeField()
    rotated_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("credencial")
        verbose_name_plural = _("credenciales")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(actor__isnull=True)
                | models.Q(expires_at__isnull=False, registration__isnull=False),
                name="launch_is_bound_and_expires",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_launch(self) -> bool:
        return self.actor is not None

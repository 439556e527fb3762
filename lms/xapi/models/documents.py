"""Documents that programs keep beside statements: state, activity profiles, agent profiles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One document of one resource; unique by what the resource's parameters say.

    ``key`` is a digest of all of them, ``place`` of all but registration and name: identifiers may be
    longer than an index admits. ``agent`` and ``registration`` are empty where the resource has none.
    PII: written by course packages about their learner, under the learner's pseudonym; goes with
    the person's erasure.
    """

    class Resource(models.TextChoices):
        STATE = "state", _("Estado")
        ACTIVITY_PROFILE = "activity_profile", _("Perfil de actividad")
        AGENT_PROFILE = "agent_profile", _("Perfil de agente")

    key = models.CharField(max_length=32, unique=True)
    place = models.CharField(max_length=32, db_index=True)
    resource = models.CharField(max_length=16, choices=Resource)
    activity = models.TextField(default="")
    agent = models.TextField(default="")
    registration = models.CharField(max_length=36, default="")
    name = models.TextField()
    content_type = models.CharField(max_length=255)
    content = models.BinaryField()
    etag = models.CharField(max_length=40)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("documento xAPI")
        verbose_name_plural = _("documentos xAPI")

    def __str__(self) -> str:
        return f"{self.resource} {self.name}"

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.discussions.rules.posting import LONGEST_POST, LONGEST_REASON


class Report(models.Model):
    """A person tells those who moderate that a message breaks the rules. Unique by post and person.

    ``quoted``: the words as they stood then, so that correcting them does not undo the report.
    Emptied when it is resolved, or when the author takes the message back. Who reported is shown to nobody.

    PII: who reported, in what words, and the words of somebody else; deleted when either is erased.
    """

    class Reason(models.TextChoices):
        OFFENCE = "offence", _("Ofende o discrimina")
        PERSONAL_DATA = "personal_data", _("Nombra a alguien o da datos personales")
        RESERVED = "reserved", _("Da información reservada o denuncia un hecho")
        OFF_TOPIC = "off_topic", _("No tiene que ver con el curso, o es publicidad")
        OTHER = "other", _("Otro motivo")

    post = models.ForeignKey("discussions.Post", on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=13, choices=Reason.choices)
    note = models.CharField(max_length=LONGEST_REASON, blank=True)
    quoted = models.TextField(max_length=LONGEST_POST, blank=True)
    reported_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("aviso sobre un mensaje")
        verbose_name_plural = _("avisos sobre mensajes")
        ordering = ["reported_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="report_once")]
        indexes = [models.Index(fields=["post"], condition=Q(resolved_at__isnull=True), name="report_open")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.reason}"


class ModerationAction(models.Model):
    """What somebody who moderates did, why and when. Append-only.

    ``subject``: whose message it was, or who was muted. ``until``: the end of a mute.

    PII: who did it, and to whom with which words; when a person is erased, ``subject`` and ``reason``
    of what concerns it are emptied and the rest stays as proof of how the conversation was led.
    """

    class Kind(models.TextChoices):
        SWITCHED_ON = "switched_on", _("Encendió la conversación")
        SWITCHED_OFF = "switched_off", _("Apagó la conversación")
        TO_COHORTS = "to_cohorts", _("Dejó los temas nuevos por institución")
        TO_EVERYBODY = "to_everybody", _("Abrió los temas nuevos a todo el curso")
        APPROVAL_ON = "approval_on", _("Empezó a pedir aprobación del primer mensaje")
        APPROVAL_OFF = "approval_off", _("Dejó de pedir aprobación del primer mensaje")
        APPROVED = "approved", _("Aprobó un mensaje")
        HIDDEN = "hidden", _("Retiró un mensaje")
        RESTORED = "restored", _("Repuso un mensaje")
        DISMISSED = "dismissed", _("Descartó avisos sobre un mensaje")
        CLOSED = "closed", _("Cerró un tema")
        REOPENED = "reopened", _("Reabrió un tema")
        PINNED = "pinned", _("Fijó un tema")
        UNPINNED = "unpinned", _("Dejó de fijar un tema")
        MUTED = "muted", _("Dejó a una persona sin escribir")
        UNMUTED = "unmuted", _("Permitió a una persona volver a escribir")

    discussion = models.ForeignKey(
        "discussions.CourseDiscussion", on_delete=models.CASCADE, related_name="actions", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    thread = models.ForeignKey("discussions.Thread", null=True, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("discussions.Post", null=True, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("acción de moderación")
        verbose_name_plural = _("acciones de moderación")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["discussion", "-at"], name="moderation_of_discussion")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

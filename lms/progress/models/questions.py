import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.models import Role

LONGEST_TEXT = 2000


class QuestionSubject(models.TextChoices):
    """What is questioned; ``key`` then is that thing's public id (nothing for what is missing)."""

    COMPLETION = "completion", _("Un curso completado")
    MISSING = "missing", _("Un curso que falta")
    DUE_DATE = "due_date", _("Un plazo")
    STANDING = "standing", _("Cómo figuras en una exigencia")
    ATTENDANCE = "attendance", _("Una asistencia a un taller")


class RecordQuestion(models.Model):
    """«No estoy de acuerdo»: a person questions a line of its record before its institution.

    ``title``: the line as it stood then. ``reply``: after an answer the person may write once more,
    and it is open again. Only the person and HR (and auditors, who read) know of it; nothing of it
    is ever in statements.

    PII: the person's own words; kept as long as the record that they question.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Sin responder")
        ANSWERED = "answered", _("Respondida")
        CORRECTED = "corrected", _("Corregida")
        WITHDRAWN = "withdrawn", _("Retirada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="record_questions")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=10, choices=QuestionSubject.choices)
    key = models.CharField(max_length=36, blank=True)
    title = models.CharField(max_length=300)
    text = models.CharField(_("qué no está bien"), max_length=LONGEST_TEXT)
    asked_at = models.DateTimeField()
    reply = models.CharField(_("tu respuesta"), max_length=LONGEST_TEXT, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)

    class Meta:
        verbose_name = _("consulta sobre un registro")
        verbose_name_plural = _("consultas sobre registros")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["institution", "asked_at"], condition=Q(state="open"), name="record_question_open"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject", "key"],
                condition=Q(state="open") & ~Q(key=""),
                name="record_question_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.subject}"

    @property
    def waits_since(self) -> datetime:
        """When the person last wrote."""
        return self.replied_at or self.asked_at

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def may_be_reopened(self) -> bool:
        return self.state in (self.State.ANSWERED, self.State.CORRECTED) and self.replied_at is None


class QuestionAnswer(models.Model):
    """What HR answered, and what it did about it. At most two per question; never edited.

    PII: words about the person, and the author's account; kept with the question.
    """

    question = models.ForeignKey(RecordQuestion, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(_("respuesta"), max_length=LONGEST_TEXT)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(max_length=24, choices=Role.choices)
    answered_at = models.DateTimeField()
    void = models.ForeignKey(
        "progress.CompletionVoid", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    evidence = models.ForeignKey(
        "progress.CompletionEvidence", null=True, on_delete=models.PROTECT, related_name="answers"
    )
    exemption = models.ForeignKey(
        "progress.Exemption", null=True, on_delete=models.SET_NULL, related_name="answers"
    )

    class Meta:
        verbose_name = _("respuesta a una consulta")
        verbose_name_plural = _("respuestas a consultas")
        ordering = ["answered_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id} {self.answered_at:%Y-%m-%d}"

    @property
    def has_correction(self) -> bool:
        return any((self.void_id, self.evidence_id, self.exemption_id))

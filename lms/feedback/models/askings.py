import uuid
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.feedback.rules.askings import AskingKind, is_open

KIND_CHOICES = [
    (AskingKind.END.value, _("Encuesta al terminar")),
    (AskingKind.RECALL.value, _("Repaso a las dos semanas")),
    (AskingKind.LATER.value, _("Encuesta a los tres meses")),
]


class Asking(models.Model):
    """One thing that a person is asked after a course. Unique by enrolment and kind.

    ``is_answered``: so that it is not asked again; neither when nor what, which no row tells. The rows
    of an enrolment are made when it is completed, so that their order says nothing of the answers either.

    PII: that somebody was asked, and whether it answered. Deleted after half a year, or with the person.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("progress.Enrolment", on_delete=models.CASCADE, related_name="askings")
    kind = models.CharField(max_length=6, choices=KIND_CHOICES)
    due_on = models.DateField()
    is_answered = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("pregunta después de un curso")
        verbose_name_plural = _("preguntas después de un curso")
        constraints = [models.UniqueConstraint(fields=["enrolment", "kind"], name="asked_once")]
        indexes = [
            models.Index(
                fields=["due_on", "kind"], name="asking_waiting", condition=models.Q(is_answered=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.kind}"

    def is_open_on(self, day: date) -> bool:
        """Whether it may be answered that day."""
        return not self.is_answered and is_open(kind=self.kind, due_on=self.due_on, day=day)

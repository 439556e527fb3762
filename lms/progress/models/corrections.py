from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Role
from lms.progress.models.completions import Completion


class VoidReason(models.TextChoices):
    """Why a completion does not count any more: the only words about it in the statements."""

    WRONG_DATA = "wrong_data", _("Tenía un dato equivocado")
    WRONG_PERSON = "wrong_person", _("Era de otra persona")
    DUPLICATE = "duplicate", _("Estaba repetido")
    NO_EVIDENCE = "no_evidence", _("No hay evidencia que lo respalde")
    FRAUD = "fraud", _("Hubo un engaño comprobado")


class CompletionVoid(models.Model):
    """A completion was taken back: why, by whom, when. One per completion, never edited or deleted.

    The completion stays where it is and no longer counts. Points at its public id, as evidence does.

    PII: the note, which HR writes and the person reads, and the author's account.
    """

    completion = models.OneToOneField(
        Completion,
        to_field="public_id",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="void",
    )
    reason = models.CharField(_("motivo"), max_length=12, choices=VoidReason.choices)
    note = models.CharField(_("qué pasó"), max_length=500)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(max_length=24, choices=Role.choices)
    voided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("anulación de un curso completado")
        verbose_name_plural = _("anulaciones de cursos completados")

    def __str__(self) -> str:
        return f"{self.completion_id} {self.reason}"

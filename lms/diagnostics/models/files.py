import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerFile(models.Model):
    """A document that shows an answer. Unique by public id, and by assessment, question and content.

    It is found again by ``sha256`` in a closed storage; a later assessment that begins with the same
    answer points at the same bytes. Read by the institution, and by everybody once the profile is
    published. Changed never; taken away only while the assessment is a draft.

    PII: the account that added it; emptied when the account is deleted, never shown in public.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assessment = models.ForeignKey("diagnostics.Assessment", on_delete=models.CASCADE, related_name="files")
    question_key = models.SlugField(max_length=60)
    title = models.CharField(_("qué es"), max_length=200)
    dated_on = models.DateField(_("fecha del documento"))
    licence = models.CharField(_("licencia"), max_length=60)
    file_name = models.CharField(_("archivo"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("tamaño en bytes"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    added_at = models.DateTimeField(_("agregado"))

    class Meta:
        verbose_name = _("archivo de una respuesta")
        verbose_name_plural = _("archivos de respuestas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question_key", "sha256"], name="answer_file_once_per_question"
            )
        ]

    def __str__(self) -> str:
        return self.title

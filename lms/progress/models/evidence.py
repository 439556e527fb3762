import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.lib.file_kinds import FileKind
from lms.people.models import Role
from lms.progress.models.completions import Completion


class EvidenceFile(models.Model):
    """One uploaded paper that proves something, kept by its hash in a private storage.

    The original name is not kept: it often has somebody's RUN in it. What nothing refers to after
    some days is deleted: it was uploaded and then not used.

    PII: whatever the paper says of people; read by HR and by the person it is about, and deleted
    when the last person it is about is erased.
    """

    class Kind(models.TextChoices):
        PDF = FileKind.PDF, _("PDF")
        PNG = FileKind.PNG, _("Imagen PNG")
        JPEG = FileKind.JPEG, _("Imagen JPEG")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=4, choices=Kind.choices)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=120, db_index=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("archivo de evidencia")
        verbose_name_plural = _("archivos de evidencia")

    def __str__(self) -> str:
        return self.storage_key


class CompletionEvidence(models.Model):
    """On what a completion attested by HR rests: who attested it, from which source, with which paper.

    One per completion. It points at the completion's public id and not at its row: rows are made anew
    from the statements, and what is not stated has to outlive that. ``replaces``: the voided
    completion in whose place it stands. ``batch``: the list with which it came.

    PII: the words on the source, and the author's account; kept as long as the completion.
    """

    completion = models.OneToOneField(
        Completion,
        to_field="public_id",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="evidence",
    )
    file = models.ForeignKey(EvidenceFile, on_delete=models.PROTECT, related_name="uses")
    source = models.CharField(_("de dónde viene"), max_length=300)
    replaces = models.ForeignKey(
        Completion,
        to_field="public_id",
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="replacements",
    )
    batch = models.ForeignKey(
        "progress.CompletionBatch", null=True, on_delete=models.PROTECT, related_name="evidence_uses"
    )
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    role = models.CharField(max_length=24, choices=Role.choices)
    attested_at = models.DateTimeField()

    class Meta:
        verbose_name = _("evidencia de un curso")
        verbose_name_plural = _("evidencias de cursos")

    def __str__(self) -> str:
        return f"{self.completion_id}"

    @property
    def is_of_one_person(self) -> bool:
        """Of a list the paper names others too."""
        return self.batch_id is None

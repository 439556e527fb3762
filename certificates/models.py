"""Issued certificates, their files and their history. What was issued never changes."""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.rules import (
    CertificateFacts,
    CertificateStatus,
    Standing,
    facts_from_json,
    format_code,
    status_of,
)


class ImmutableCertificateError(Exception):
    """Something tried to change or delete what was issued."""


class GuardedQuerySet(models.QuerySet[Any]):
    """Rows that are added and then left alone: no update and no delete in bulk."""

    def update(self, **values: Any) -> int:
        raise ImmutableCertificateError(f"{self.model.__name__} rows are not updated in bulk.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImmutableCertificateError(f"{self.model.__name__} rows are not deleted.")

    def blank_for_erasure(self, **values: Any) -> int:
        """Only for services.erase_certificate."""
        return super().update(**values)

    def remove_for_erasure(self) -> None:
        """Only for services.erase_certificate."""
        super().delete()


class CertificateQuerySet(GuardedQuerySet):
    def present(self) -> "CertificateQuerySet":
        """Certificates that were not erased."""
        return self.filter(erased_at__isnull=True)

    def of_holder(self, *holder_keys: str) -> "CertificateQuerySet":
        """Certificates of one person, whose keys are opaque to this package; most have one."""
        return self.filter(holder_key__in=holder_keys).exclude(holder_key="")


class Certificate(models.Model):
    """One completion, certified once. Unique by ``fact_key`` (the completion) and by ``code``.

    PII: the name as printed, a masked RUN, an opaque key of the person, and the facts of one course;
    kept because a certificate has to be checked by third parties for as long as it may be shown.
    services.erase_certificate blanks them, removes the file and leaves a tombstone: the code, which
    then answers "withdrawn", and the dates.
    """

    class RevokedReason(models.TextChoices):
        ERROR = "error", _("error en la emisión")
        FRAUD = "fraud", _("fraude comprobado")
        REQUEST = "request", _("a solicitud de su titular")
        SUPERSEDED = "superseded", _("reemplazado por otro certificado")

    class PdfStatus(models.TextChoices):
        PENDING = "pending", _("en preparación")
        READY = "ready", _("listo")
        FAILED = "failed", _("con un problema")

    ISSUED_FIELDS = (
        "code", "fact_key", "holder_key", "recipient_name", "run_masked", "facts",
        "issued_on", "issued_at", "valid_until", "supersedes_id",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(_("código"), max_length=16, unique=True)
    fact_key = models.UUIDField(unique=True)
    holder_key = models.CharField(max_length=64, db_index=True)
    recipient_name = models.CharField(_("otorgado a"), max_length=320)
    run_masked = models.CharField(_("RUN"), max_length=16, blank=True)
    facts = models.JSONField(_("hechos"))
    issued_on = models.DateField(_("emitido"))
    issued_at = models.DateTimeField()
    valid_until = models.DateField(_("vigente hasta"), null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    revoked_at = models.DateTimeField(_("revocado"), null=True, blank=True)
    revoked_reason = models.CharField(_("motivo"), max_length=10, blank=True, choices=RevokedReason)
    erased_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(_("muestra el nombre a quien lo verifica"), default=False)
    pdf_status = models.CharField(max_length=7, choices=PdfStatus, default=PdfStatus.PENDING)
    failure = models.CharField(max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificado")
        verbose_name_plural = _("certificados")
        ordering = ["-issued_at", "code"]
        constraints = [
            models.CheckConstraint(
                name="certificate_revoked_with_reason",
                condition=models.Q(revoked_at__isnull=True, revoked_reason="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_reason="")),
            )
        ]

    def __str__(self) -> str:
        return self.formatted_code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Stores a new certificate, or the marks that may change on an issued one.

        Raises:
            ImmutableCertificateError: an issued column differs from the stored one.
        """
        if not self._state.adding:
            stored = Certificate.objects.values(*self.ISSUED_FIELDS).get(pk=self.pk)
            changed = [name for name in self.ISSUED_FIELDS if getattr(self, name) != stored[name]]
            if changed:
                raise ImmutableCertificateError(f"Issued columns do not change: {', '.join(changed)}.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableCertificateError("Certificates are revoked or erased, never deleted.")

    @property
    def formatted_code(self) -> str:
        return format_code(self.code)

    @property
    def achieved(self) -> CertificateFacts | None:
        """The frozen facts; None once erased."""
        return facts_from_json(self.facts) if self.facts else None

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def status_on(self, day: date) -> CertificateStatus:
        """The status on a calendar date."""
        return status_of(
            Standing(
                valid_until=self.valid_until,
                is_revoked=self.is_revoked,
                is_superseded=self.revoked_reason == self.RevokedReason.SUPERSEDED,
                is_erased=self.erased_at is not None,
            ),
            on=day,
        )


class CertificateFile(models.Model):
    """The bytes of one certificate in one form, kept by their hash. Unique by certificate and kind.

    PII: the file prints a name; services.erase_certificate deletes both file and row.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=10, choices=Kind)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    storage_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("archivo de certificado")
        verbose_name_plural = _("archivos de certificados")
        constraints = [
            models.UniqueConstraint(fields=["certificate", "kind"], name="certificate_file_one_per_kind")
        ]

    def __str__(self) -> str:
        return self.storage_key

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_change(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableCertificateError("Files are removed by erasing their certificate.")


class CertificateEvent(models.Model):
    """One thing that happened to a certificate. Only added; its order is ``id``.

    PII: ``actor_label`` names who acted, to answer for it; ``detail`` is a note that may mention the
    person, blanked by services.erase_certificate.
    """

    class Kind(models.TextChoices):
        ISSUED = "issued", _("emitido")
        DRAWN = "drawn", _("PDF preparado")
        DRAW_FAILED = "draw_failed", _("el PDF no se pudo preparar")
        REVOKED = "revoked", _("revocado")
        MADE_PUBLIC = "made_public", _("muestra el nombre")
        MADE_PRIVATE = "made_private", _("oculta el nombre")
        ERASED = "erased", _("retirado")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField()
    actor_label = models.CharField(max_length=150, blank=True)
    detail = models.CharField(max_length=500, blank=True)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        verbose_name = _("hecho de un certificado")
        verbose_name_plural = _("historia de los certificados")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_change(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableCertificateError("The history of a certificate is only added to.")


def _refuse_change(row: models.Model) -> None:
    if not row._state.adding:
        raise ImmutableCertificateError(f"{type(row).__name__} rows are only added.")

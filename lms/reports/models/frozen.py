import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImmutableReportError(Exception):
    """Something tried to change or delete a frozen report."""


class FrozenQuerySet(models.QuerySet["PeriodReport"]):
    """Rows that are added and then left alone: no update and no delete in bulk."""

    def update(self, **values: Any) -> int:
        raise ImmutableReportError("Los informes congelados no se modifican.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImmutableReportError("Los informes congelados no se borran.")


class PeriodReport(models.Model):
    """How an institution stood in one requirement on one day, as the records said when it was frozen.

    ``figures``, ``definition`` and ``detail`` are kept as canonical text; ``sha256`` is over them and
    the heading (see ``rules.frozen``). ``detail``: one line for each person who worked there, packed.
    A report is withdrawn with a reason, never changed or deleted. Unique by public id.

    PII: the detail holds place, rank and standing of each person under a pseudonym of this report
    only, whose key is not in the table. Kept as the report is: it proves the figures. Accounts that
    froze or withdrew it; emptied when the account is deleted.
    """

    FROZEN_FIELDS = (
        "public_id", "institution_id", "requirement_id", "day", "title", "period", "created_at",
        "version", "definition", "figures", "detail", "detail_sha256", "sha256",
    )  # fmt: skip

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    requirement = models.ForeignKey(
        "progress.TrainingRequirement", on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("situación al"))
    title = models.CharField(_("título"), max_length=160)
    period = models.CharField(_("período"), max_length=80)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField()
    definition = models.TextField()
    figures = models.TextField()
    detail = models.BinaryField()
    detail_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_reason = models.CharField(_("motivo"), max_length=300, blank=True)

    objects = FrozenQuerySet.as_manager()

    class Meta:
        verbose_name = _("informe congelado")
        verbose_name_plural = _("informes congelados")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="report_withdrawn_with_reason",
                condition=Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            )
        ]
        indexes = [models.Index(fields=["institution", "-created_at"], name="report_of_institution")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Once; afterwards only the withdrawal.

        Raises:
            ImmutableReportError: an attempt to change what was frozen.
        """
        if not self._state.adding:
            changed = set(kwargs.get("update_fields") or self.FROZEN_FIELDS)
            if changed & set(self.FROZEN_FIELDS) or self._was_withdrawn():
                raise ImmutableReportError("Un informe congelado no se modifica: se retira.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableReportError("Un informe congelado no se borra: se retira.")

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def _was_withdrawn(self) -> bool:
        return PeriodReport.objects.filter(pk=self.pk, withdrawn_at__isnull=False).exists()

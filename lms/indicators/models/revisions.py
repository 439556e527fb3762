from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.indicators.rules.shapes import LONGEST_CELL, Cell, Figure, Row, Shape, Status
from lms.plan.models import AppendOnly


class IndicatorRevision(AppendOnly):
    """One release of the data of an indicator, whole. Unique by indicator and number; append-only.

    ``structure``: how its rows are read (:class:`~lms.indicators.rules.shapes.Shape`), and
    ``definition``: what the indicator said (:data:`~lms.indicators.rules.definitions.WORDS`). Both are
    frozen, so that it means the same when the indicator changes. ``is_example``: invented figures that
    show the structure; not shown any more once real data were published. The data that count are those
    of the highest number that is published and not withdrawn. ``sha256``: of the file as uploaded.
    Publishing and withdrawing fill ``published_at``, or ``withdrawn_at`` and its reason, once.

    PII: the account that uploaded it, because public figures must have an author; emptied when the
    account is deleted. No figure of a single person.
    """

    MAY_CHANGE = frozenset({"published_at", "withdrawn_at", "withdrawal_reason"})

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("número"))
    uploaded_at = models.DateTimeField(_("cargada"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    file_name = models.CharField(_("archivo"), max_length=200)
    sha256 = models.CharField(max_length=64)
    note = models.TextField(_("qué cambia y por qué"))
    row_count = models.PositiveIntegerField(_("filas"))
    structure = models.JSONField()
    definition = models.JSONField(default=dict)
    is_example = models.BooleanField(_("datos de ejemplo"), default=False)
    published_at = models.DateTimeField(_("publicada"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("retirada"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("motivo del retiro"), blank=True)

    class Meta:
        verbose_name = _("revisión de datos")
        verbose_name_plural = _("revisiones de datos")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "number"], name="revision_number_in_indicator"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
                name="revision_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}/{self.number}"

    @property
    def shape(self) -> Shape:
        return Shape.from_json(self.structure)

    @property
    def said(self) -> dict[str, Any]:
        """Words and shape of the indicator when this release was made."""
        return {**self.definition, **self.structure}

    @property
    def is_readable(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None and self.withdrawn_at is None


class Observation(AppendOnly):
    """One row of a revision. Unique by revision, period and cell; append-only.

    ``cell``: dimensions and values as canonical JSON text, ``{}`` for the total; ``level``: the names
    of its dimensions. Zero is a value; ``not_applicable`` and ``no_data`` have no numbers.

    No personal data: totals and counts.
    """

    class State(models.TextChoices):
        VALUE = "value", _("Valor")
        NOT_APPLICABLE = "not_applicable", _("No aplica")
        NO_DATA = "no_data", _("Sin dato")

    revision = models.ForeignKey(IndicatorRevision, on_delete=models.PROTECT, related_name="observations")
    line = models.PositiveIntegerField(_("fila"))
    period = models.CharField(_("período"), max_length=10)
    disaggregation = models.JSONField(_("desagregación"), default=dict)
    cell = models.CharField(max_length=LONGEST_CELL)
    level = models.CharField(max_length=320, blank=True)
    numerator = models.DecimalField(_("numerador"), max_digits=18, decimal_places=4, null=True)
    denominator = models.DecimalField(_("denominador"), max_digits=18, decimal_places=4, null=True)
    status = models.CharField(_("estado"), max_length=14, choices=State.choices, default=State.VALUE)
    note = models.CharField(_("nota"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("observación")
        verbose_name_plural = _("observaciones")
        ordering = ["line"]
        indexes = [models.Index(fields=["revision", "level", "period"], name="observation_of_level")]
        constraints = [
            models.UniqueConstraint(fields=["revision", "period", "cell"], name="observation_once"),
            models.CheckConstraint(
                condition=Q(status="value", numerator__gte=0)
                | (~Q(status="value") & Q(numerator__isnull=True, denominator__isnull=True)),
                name="observation_value_has_number",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gt=0),
                name="observation_denominator_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.cell}"

    @property
    def figure(self) -> Figure:
        return Figure(self.numerator, self.denominator, Status(self.status), self.note)

    def as_row(self, shape: Shape) -> Row:
        """As the rules read it; dimensions in the order of ``shape``."""
        data: dict[str, Any] = self.disaggregation
        cell: Cell = tuple((one.name, data[one.name]) for one in shape.dimensions if one.name in data)
        return Row(self.period, cell, self.figure, self.line)

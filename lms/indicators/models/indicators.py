from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.indicators.rules.definitions import WORDS
from lms.indicators.rules.shapes import Shape

DEFAULT_LICENCE = "CC BY 4.0"
FACTORS = ((1, "1"), (100, "100"), (1_000, "1.000"), (10_000, "10.000"), (100_000, "100.000"))


class Indicator(models.Model):
    """What one figure of a commitment measures, and how. Unique by plan and code.

    A figure is never typed: it is numerator ÷ denominator × ``factor``, or the numerator of a count.
    ``dimensions``: by what it is broken down, in order, ``[{"name", "label", "values"}]``, where an empty
    list of values takes any. ``is_part_of_whole``: the numerator cannot exceed the denominator.
    ``baseline_value`` and ``target_value`` are ``None`` where nobody published them: shown as not
    published, never as zero. ``origin_text``: who defined it. ``sdg_target``: number of a target
    (:mod:`lms.plan.rules.sdg`). Its history is in ``plan.PlanChange``.

    No personal data.
    """

    class Kind(models.TextChoices):
        RATIO = "ratio", _("Proporción: numerador ÷ denominador")
        COUNT = "count", _("Cantidad: solo numerador")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("Más es mejor")
        LOWER = "lower", _("Menos es mejor")
        NONE = "none", _("Ninguna de las dos")

    class Frequency(models.TextChoices):
        YEAR = "year", _("Cada año")
        HALF_YEAR = "half_year", _("Cada semestre")
        QUARTER = "quarter", _("Cada trimestre")
        MONTH = "month", _("Cada mes")
        ONCE = "once", _("Una sola vez")

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.PROTECT, related_name="indicators")
    commitment = models.ForeignKey(
        "plan.Commitment",
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("compromiso"),
    )
    code = models.SlugField(_("código"), max_length=60)
    order = models.PositiveSmallIntegerField(_("orden"), default=1)
    title = models.CharField(_("título"), max_length=250)
    definition = models.TextField(_("qué mide"))
    method = models.TextField(_("cómo se calcula"))
    origin_text = models.CharField(_("quién lo definió"), max_length=250)
    origin_url = models.URLField(_("dirección de la definición"), max_length=300, blank=True)
    unit = models.CharField(_("unidad"), max_length=80)
    kind = models.CharField(_("tipo"), max_length=8, choices=Kind.choices, default=Kind.RATIO)
    factor = models.PositiveIntegerField(_("se multiplica por"), choices=FACTORS, default=100)
    decimals = models.PositiveSmallIntegerField(
        _("decimales"), default=1, validators=[MinValueValidator(0), MaxValueValidator(4)]
    )
    direction = models.CharField(
        _("dirección"), max_length=8, choices=Direction.choices, default=Direction.HIGHER
    )
    numerator_label = models.CharField(_("numerador"), max_length=250)
    denominator_label = models.CharField(_("denominador"), max_length=250, blank=True)
    is_part_of_whole = models.BooleanField(_("el numerador es parte del denominador"), default=False)
    frequency = models.CharField(
        _("frecuencia"), max_length=10, choices=Frequency.choices, default=Frequency.YEAR
    )
    baseline_value = models.DecimalField(
        _("línea base"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_period = models.CharField(_("período de la línea base"), max_length=20, blank=True)
    baseline_source_text = models.CharField(_("fuente de la línea base"), max_length=250, blank=True)
    baseline_source_url = models.URLField(_("dirección de la fuente"), max_length=300, blank=True)
    target_value = models.DecimalField(_("meta"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_period = models.CharField(_("período de la meta"), max_length=20, blank=True)
    target_source_text = models.CharField(_("fuente de la meta"), max_length=250, blank=True)
    target_source_url = models.URLField(_("dirección de la fuente"), max_length=300, blank=True)
    source_text = models.CharField(_("fuente de los datos"), max_length=250, blank=True)
    source_url = models.URLField(_("dirección de la fuente"), max_length=300, blank=True)
    licence = models.CharField(_("licencia de los datos"), max_length=120, default=DEFAULT_LICENCE)
    dimensions = models.JSONField(_("desagregación"), default=list, blank=True)
    sdg_target = models.CharField(_("meta de los ODS"), max_length=6, blank=True)
    is_active = models.BooleanField(_("vigente"), default=True)
    created_at = models.DateTimeField(_("creado"))

    class Meta:
        verbose_name = _("indicador")
        verbose_name_plural = _("indicadores")
        ordering = ["commitment__number", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="indicator_code_in_plan"),
            models.CheckConstraint(
                condition=Q(kind="count") | ~Q(denominator_label=""), name="indicator_ratio_has_denominator"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> dict[str, Any]:
        """What it says beside its shape, as plain JSON: amounts as text."""
        values = {name: getattr(self, name) for name in WORDS}
        return {
            name: f"{value.normalize():f}" if isinstance(value, Decimal) else value
            for name, value in values.items()
        }

    @property
    def said(self) -> dict[str, Any]:
        """Words and shape together."""
        return self.words | self.shape.to_json()

    @property
    def shape(self) -> Shape:
        """How its rows are read now."""
        return Shape.from_json(
            {
                "kind": self.kind,
                "frequency": self.frequency,
                "dimensions": self.dimensions,
                "is_part_of_whole": self.is_part_of_whole,
                "factor": self.factor,
                "decimals": self.decimals,
            }
        )

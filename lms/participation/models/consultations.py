from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lms.participation.rules.sections import LONGEST_TITLE


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def public(self) -> "ConsultationQuerySet":
        """What everybody may read."""
        return self.filter(is_published=True)


class Consultation(models.Model):
    """A call to contribute to a draft of a plan, or of one commitment, between two days.

    ``opens_on`` and ``closes_on`` are the first and last day on which one may write, in Chile.
    ``question``: what is asked of people. ``timeline``: what happens with it afterwards, and when.
    Its draft is in :class:`ConsultationSection` and stays as it is once somebody contributed.
    No personal data.
    """

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.CASCADE, related_name="consultations")
    commitment = models.ForeignKey(
        "plan.Commitment", null=True, blank=True, on_delete=models.CASCADE, related_name="consultations",
        verbose_name=_("compromiso"),
    )  # fmt: skip
    title = models.CharField(_("título"), max_length=200)
    question = models.TextField(_("qué se pregunta"))
    rules = models.TextField(_("reglas de esta consulta"), blank=True)
    timeline = models.TextField(_("qué pasa después y cuándo"))
    opens_on = models.DateField(_("abre"))
    closes_on = models.DateField(_("cierra"))
    is_published = models.BooleanField(_("publicada"), default=False)
    created_at = models.DateTimeField()

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consulta")
        verbose_name_plural = _("consultas")
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="consultation_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, on: date) -> bool:
        return self.opens_on <= on <= self.closes_on


class ConsultationSection(models.Model):
    """One section of a draft. Unique by consultation and order. ``commitment``: it is this one's text.

    No personal data.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="sections")
    commitment = models.ForeignKey("plan.Commitment", null=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("título"), max_length=LONGEST_TITLE, blank=True)
    text = models.TextField(_("texto"), blank=True)

    class Meta:
        verbose_name = _("sección de una consulta")
        verbose_name_plural = _("secciones de consultas")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "order"], name="section_order_in_consultation")
        ]

    def __str__(self) -> str:
        return self.title

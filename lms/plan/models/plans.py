from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ActionPlan(models.Model):
    """One open-government action plan of a country. Unique by code; one at most is current.

    What the source does not say is ``None`` or empty and shown as not published. ``sources``:
    ``{field: {"text", "url"}}``. ``design_review``: the independent reviewer's figures about the
    whole plan, ``{"values": {…}, "source": {"text", "url"}}``, never mixed with ours.

    No personal data.
    """

    code = models.SlugField(_("código"), max_length=60, unique=True)
    title = models.CharField(_("título"), max_length=255)
    country = models.CharField(_("país"), max_length=60)
    period = models.CharField(_("período"), max_length=20)
    total_commitments = models.PositiveSmallIntegerField(_("total de compromisos"))
    subnational_commitments = models.CharField(_("compromisos subnacionales"), max_length=60, blank=True)
    design_text = models.TextField(_("cómo se diseñó"), blank=True)
    monitoring_text = models.TextField(_("seguimiento y evaluación según la fuente"), blank=True)
    sources = models.JSONField(_("fuentes"), default=dict)
    design_review = models.JSONField(_("informe de diseño del IRM"), default=dict)
    is_current = models.BooleanField(_("es el que se muestra"), default=False)
    installed_at = models.DateTimeField(_("instalado"))

    class Meta:
        verbose_name = _("plan de acción")
        verbose_name_plural = _("planes de acción")
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="plan_one_current"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ThematicTable(models.Model):
    """One working table of the plan's co-creation. Unique by plan and order.

    The source names the tables but does not say which commitment came from which: there is no
    link on purpose. No personal data.
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="tables")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("nombre"), max_length=150)

    class Meta:
        verbose_name = _("mesa de trabajo")
        verbose_name_plural = _("mesas de trabajo")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="table_order_in_plan")]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """One commitment of a plan. Unique by plan and number.

    ``None`` means that no source read gives the value: it is shown as not published, never as
    zero or blank. ``sources``: ``{field: {"text", "url"}}`` for each field that has a value.
    ``is_described`` says whether the plan's source text describes it.

    No personal data: institutions only.
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveSmallIntegerField(_("número"))
    ogp_id = models.CharField(_("identificador OGP"), max_length=20, null=True, blank=True)  # noqa: DJ001
    title = models.CharField(_("título"), max_length=300)
    description = models.TextField(_("descripción"), null=True, blank=True)  # noqa: DJ001
    is_described = models.BooleanField(_("descrito en el texto fuente"), default=True)
    lead = models.CharField(_("responsable"), max_length=200, null=True, blank=True)  # noqa: DJ001
    supporting = models.JSONField(_("instituciones que apoyan"), null=True, blank=True)
    starts_on = models.DateField(_("inicio"), null=True, blank=True)
    ends_on = models.DateField(_("término"), null=True, blank=True)
    milestones = models.JSONField(_("hitos"), null=True, blank=True)
    sdgs = models.JSONField(_("objetivos de desarrollo sostenible"), null=True, blank=True)
    policy_areas = models.JSONField(_("áreas de política según OGP"), null=True, blank=True)
    notes = models.TextField(_("notas"), null=True, blank=True)  # noqa: DJ001
    sources = models.JSONField(_("fuentes"), default=dict)

    class Meta:
        verbose_name = _("compromiso")
        verbose_name_plural = _("compromisos")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="commitment_number_in_plan")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ExternalCoding(models.Model):
    """What an independent body says of one commitment. Unique by commitment, body and source.

    Kept beside our figures and never mixed with them. ``values`` in the words of the source;
    ``None`` where it gives none. ``retrieved_on`` is ``None`` when the day was not recorded.

    No personal data.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="codings")
    by = models.CharField(_("quién"), max_length=40, default="IRM")
    values = models.JSONField(_("valores"))
    source_url = models.URLField(_("fuente"))
    retrieved_on = models.DateField(_("consultado"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluación externa")
        verbose_name_plural = _("evaluaciones externas")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "by", "source_url"], name="coding_once_per_source")
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.commitment_id}"

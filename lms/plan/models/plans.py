from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

DATES_IN_ORDER = Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))


class PlanQuerySet(models.QuerySet["ActionPlan"]):
    def public(self) -> "PlanQuerySet":
        """Plans that everybody may read: all but drafts."""
        return self.exclude(status=ActionPlan.Status.DRAFT)


class ActionPlan(models.Model):
    """One open-government action plan: of a country, a sector or a municipality. Unique by code.

    One at most is current: the one that ``/plan/`` shows. ``institution``: whose plan it is; ``None``
    for that of a whole country. ``adheres_to``: the plan under which a local one was made;
    ``follows``: the one before it in the same series. ``version`` goes up with each change.

    What no source says is ``None`` or empty and shown as not published. ``sources``:
    ``{field: {"text", "url"}}``. ``design_review``: the independent reviewer's figures about the
    whole plan, ``{"values": {…}, "source": {"text", "url"}}``, never mixed with ours.

    No personal data.
    """

    class Level(models.TextChoices):
        NATIONAL = "national", _("Nacional")
        SECTOR = "sector", _("Sectorial")
        MUNICIPAL = "municipal", _("Municipal")
        INSTITUTION = "institution", _("De una institución")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        CONSULTATION = "consultation", _("En consulta")
        ACTIVE = "active", _("En ejecución")
        CLOSED = "closed", _("Terminado")

    code = models.SlugField(_("código"), max_length=60, unique=True)
    title = models.CharField(_("título"), max_length=255)
    level = models.CharField(_("alcance"), max_length=12, choices=Level.choices, default=Level.NATIONAL)
    status = models.CharField(_("estado"), max_length=12, choices=Status.choices, default=Status.ACTIVE)
    country = models.CharField(_("país"), max_length=60)
    institution = models.ForeignKey(
        "people.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("institución"),
    )  # fmt: skip
    adheres_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="local_plans",
        verbose_name=_("adhiere al plan"),
    )  # fmt: skip
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by",
        verbose_name=_("plan anterior"),
    )  # fmt: skip
    cycle = models.PositiveSmallIntegerField(_("ciclo (año, según OGP)"), null=True, blank=True)
    period = models.CharField(_("período"), max_length=20)
    starts_on = models.DateField(_("inicio"), null=True, blank=True)
    ends_on = models.DateField(_("término"), null=True, blank=True)
    total_commitments = models.PositiveSmallIntegerField(_("total de compromisos"))
    subnational_commitments = models.CharField(_("compromisos subnacionales"), max_length=60, blank=True)
    design_text = models.TextField(_("cómo se diseñó"), blank=True)
    monitoring_text = models.TextField(_("seguimiento y evaluación según la fuente"), blank=True)
    sources = models.JSONField(_("fuentes"), default=dict)
    design_review = models.JSONField(_("informe de diseño del IRM"), default=dict)
    is_current = models.BooleanField(_("es el que se muestra"), default=False)
    version = models.PositiveIntegerField(_("versión"), default=0)
    installed_at = models.DateTimeField(_("instalado"))

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan de acción")
        verbose_name_plural = _("planes de acción")
        ordering = ["-is_current", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="plan_one_current"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="plan_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        return self.status != self.Status.DRAFT


class ThematicTable(models.Model):
    """One working table of the plan's co-creation. Unique by plan and order.

    No personal data.
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
    ``is_described`` says whether the plan's source text describes it. ``lead`` and ``supporting``
    are the words of the source; ``reporting_institutions`` are the ones whose people report progress
    here. ``table``: from which working table it came, where a source says so. ``sdg_targets``:
    numbers of targets or whole goals (:mod:`lms.plan.rules.sdg`). ``version`` goes up with each
    change of the commitment, its milestones or goals. ``last_update_on``: day of the last approved
    update.

    No personal data: institutions only.
    """

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveSmallIntegerField(_("número"))
    ogp_id = models.CharField(_("identificador OGP"), max_length=20, null=True, blank=True)  # noqa: DJ001
    title = models.CharField(_("título"), max_length=300)
    description = models.TextField(_("descripción"), null=True, blank=True)  # noqa: DJ001
    is_described = models.BooleanField(_("descrito en el texto fuente"), default=True)
    problem = models.TextField(_("problema público"), null=True, blank=True)  # noqa: DJ001
    ambition = models.TextField(_("resultado esperado"), null=True, blank=True)  # noqa: DJ001
    table = models.ForeignKey(
        ThematicTable, null=True, blank=True, on_delete=models.SET_NULL, related_name="commitments",
        verbose_name=_("mesa de trabajo"),
    )  # fmt: skip
    lead = models.CharField(_("responsable"), max_length=200, null=True, blank=True)  # noqa: DJ001
    supporting = models.JSONField(_("instituciones que apoyan"), null=True, blank=True)
    reporting_institutions = models.ManyToManyField(
        "people.Institution", blank=True, related_name="+", verbose_name=_("informan el avance")
    )
    starts_on = models.DateField(_("inicio"), null=True, blank=True)
    ends_on = models.DateField(_("término"), null=True, blank=True)
    sdg_targets = models.JSONField(_("metas de los ODS"), null=True, blank=True)
    policy_areas = models.JSONField(_("áreas de política según OGP"), null=True, blank=True)
    budget_amount = models.DecimalField(
        _("presupuesto"), max_digits=18, decimal_places=2, null=True, blank=True
    )
    budget_currency = models.CharField(_("moneda"), max_length=3, null=True, blank=True)  # noqa: DJ001
    related = models.ManyToManyField("self", blank=True, verbose_name=_("compromisos relacionados"))
    notes = models.TextField(_("notas"), null=True, blank=True)  # noqa: DJ001
    sources = models.JSONField(_("fuentes"), default=dict)
    version = models.PositiveIntegerField(_("versión"), default=0)
    last_update_on = models.DateField(_("último avance aprobado"), null=True, blank=True)

    class Meta:
        verbose_name = _("compromiso")
        verbose_name_plural = _("compromisos")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="commitment_number_in_plan"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="commitment_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(budget_amount__isnull=True) | Q(budget_currency__isnull=False),
                name="commitment_budget_has_currency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"


class ExternalCoding(models.Model):
    """What an independent body says of one commitment, as read on one day. Added and never rewritten.

    Kept beside our figures and never mixed with them. ``values`` in the words of the source;
    ``None`` where it gives none. ``retrieved_on`` is ``None`` when the day was not recorded. The
    latest ``recorded_at`` of a body and source is what that source says now.

    No personal data.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="codings")
    by = models.CharField(_("quién"), max_length=40, default="IRM")
    values = models.JSONField(_("valores"))
    source_url = models.URLField(_("fuente"))
    retrieved_on = models.DateField(_("consultado"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("registrado"), null=True)

    class Meta:
        verbose_name = _("evaluación externa")
        verbose_name_plural = _("evaluaciones externas")
        ordering = ["by", "pk"]

    def __str__(self) -> str:
        return f"{self.by}: {self.commitment_id}"

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Completion(models.TextChoices):
    """Completion in the Open Government Partnership's words (https://www.opengovpartnership.org/glossary/completion/).

    ``No Evidence Available`` is not among them: it is what a status without evidence is shown as.
    """

    NOT_STARTED = "not_started", _("No iniciado")
    LIMITED = "limited", _("Limitado")
    SUBSTANTIAL = "substantial", _("Sustancial")
    COMPLETE = "complete", _("Completo")


class Milestone(models.Model):
    """One step of a commitment, with its dates. Unique by commitment and code.

    ``status`` is what those responsible reported last in an approved update, ``None`` before the
    first; it changes by no other way. ``is_active`` False: withdrawn, with a reason in the history.

    No personal data: ``unit`` names an office.
    """

    commitment = models.ForeignKey("plan.Commitment", on_delete=models.CASCADE, related_name="milestones")
    code = models.SlugField(_("código"), max_length=20)
    order = models.PositiveSmallIntegerField(_("orden"))
    label = models.CharField(_("hito"), max_length=300)
    description = models.TextField(_("descripción"), blank=True)
    unit = models.CharField(_("unidad responsable"), max_length=200, blank=True)
    starts_on = models.DateField(_("inicio"), null=True, blank=True)
    due_on = models.DateField(_("plazo"), null=True, blank=True)
    status = models.CharField(  # noqa: DJ001
        _("estado informado"), max_length=12, choices=Completion.choices, null=True, blank=True
    )
    status_on = models.DateField(_("informado el"), null=True, blank=True)
    is_active = models.BooleanField(_("vigente"), default=True)
    source_text = models.CharField(_("fuente"), max_length=300, blank=True)
    source_url = models.URLField(_("dirección de la fuente"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hito")
        verbose_name_plural = _("hitos")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "code"], name="milestone_code_in_commitment"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="milestone_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Replanning(models.Model):
    """A milestone got another deadline: which, when, why. Added, never rewritten. No personal data."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="replannings")
    due_before = models.DateField(_("plazo anterior"), null=True)
    due_after = models.DateField(_("plazo nuevo"), null=True)
    reason = models.TextField(_("motivo"))
    decided_at = models.DateTimeField(_("cuándo"))

    class Meta:
        verbose_name = _("reprogramación")
        verbose_name_plural = _("reprogramaciones")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.due_before} → {self.due_after}"


class Evidence(models.Model):
    """What shows that a milestone advanced: a file that we keep, or an address elsewhere.

    It comes with a line of an update and is public once that update is approved (``published_at``).
    A file is found again by ``sha256`` in a closed storage; ``None`` file fields mean an address.
    ``checked_at``: when the address was last asked for; ``dead_since``: since when it does not answer.
    ``retired_at``: taken back, with its reason; the file is not sent any more, the row stays.

    PII: the account that added it; emptied when the account is deleted. Never shown in public.
    """

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="evidence")
    line = models.ForeignKey("plan.UpdateLine", null=True, on_delete=models.SET_NULL, related_name="evidence")
    title = models.CharField(_("qué es"), max_length=200)
    dated_on = models.DateField(_("fecha del documento"))
    licence = models.CharField(_("licencia"), max_length=60)
    url = models.URLField(_("dirección"), max_length=500, blank=True)
    file_name = models.CharField(_("archivo"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("tamaño en bytes"), null=True)
    added_by = models.ForeignKey("people.User", null=True, on_delete=models.SET_NULL, related_name="+")
    added_by_office = models.CharField(_("quién la aportó"), max_length=255)
    added_at = models.DateTimeField(_("agregada"))
    published_at = models.DateTimeField(_("publicada"), null=True)
    checked_at = models.DateTimeField(_("dirección revisada"), null=True)
    dead_since = models.DateTimeField(_("no responde desde"), null=True)
    retired_at = models.DateTimeField(_("retirada"), null=True)
    retired_reason = models.TextField(_("por qué se retiró"), blank=True)

    class Meta:
        verbose_name = _("evidencia")
        verbose_name_plural = _("evidencias")
        ordering = ["-dated_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(url="") ^ ~Q(sha256=""), name="evidence_is_file_or_address"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        return bool(self.sha256)

    @property
    def is_dead(self) -> bool:
        """Asked at least twice without an answer."""
        return (
            self.dead_since is not None and self.checked_at is not None and self.checked_at > self.dead_since
        )

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.progress.rules.requirements import RequirementSpec, spec_from_stored


class RequirementQuerySet(models.QuerySet["TrainingRequirement"]):
    def in_force(self) -> "RequirementQuerySet":
        """Those ever published: a withdrawn one still says what was asked before."""
        return self.exclude(status=TrainingRequirement.Status.DRAFT)

    def about(self, *, institution_ids: frozenset[int]) -> "RequirementQuerySet":
        """Those that reach people of any of these institutions."""
        return self.filter(Q(everywhere=True) | Q(institutions__in=institution_ids)).distinct()


class TrainingRequirement(models.Model):
    """Training that an institution (or, without ``owner``, the platform) asks of its people.

    ``draft`` is the version being written; those published are rows of ``RequirementVersion``.
    ``institutions`` and ``everywhere`` are where it reaches, resolved when it is published.
    ``preview``: what publishing the draft would do, counted by a job where people are many, with
    the hash of the draft it was counted for.
    ``applied``: how far the people have been gone through since the last publication, as the last
    person's id; ``None`` when done.

    PII: none beside the ids of people named in a version.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PUBLISHING = "publishing", _("Publicándose")
        LIVE = "live", _("Vigente")
        CHANGING = "changing", _("Aplicando un cambio")
        WITHDRAWN = "withdrawn", _("Retirada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        "people.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="requirements"
    )
    title = models.CharField(_("nombre"), max_length=160)
    reason = models.CharField(_("por qué se exige"), max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    target_percent = models.PositiveSmallIntegerField(_("meta"), default=80)
    draft = models.JSONField(default=dict)
    preview = models.JSONField(default=dict, blank=True)
    everywhere = models.BooleanField(default=False)
    institutions = models.ManyToManyField("people.Institution", related_name="+", blank=True)
    applied = models.BigIntegerField(null=True, blank=True)
    applied_people = models.PositiveIntegerField(default=0)
    expected_people = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("exigencia de formación")
        verbose_name_plural = _("exigencias de formación")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_percent__gte=1, target_percent__lte=100), name="requirement_target"
            )
        ]

    def __str__(self) -> str:
        return self.title


class RequirementVersion(models.Model):
    """What a requirement asked from a day on. Unique by requirement and number; never edited.

    PII: ids of named people, needed to reach them.
    """

    requirement = models.ForeignKey(TrainingRequirement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    spec = models.JSONField()
    effective_from = models.DateField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(_("qué cambió y por qué"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("versión de una exigencia")
        verbose_name_plural = _("versiones de exigencias")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "number"], name="requirement_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} v{self.number}"

    def read_spec(self) -> RequirementSpec:
        """The version as the rules read it."""
        return spec_from_stored(self.spec)


class Exemption(models.Model):
    """A person of whom a requirement is not asked for some days, and why. Ended early, never deleted.

    PII: the reason; HR writes it and the person reads it. It must not tell of health: the form says so.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requirement = models.ForeignKey(TrainingRequirement, on_delete=models.CASCADE, related_name="exemptions")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="exemptions")
    first_day = models.DateField(_("desde"))
    last_day = models.DateField(_("hasta"))
    reason = models.CharField(_("motivo"), max_length=300)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("eximición")
        verbose_name_plural = _("eximiciones")
        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="exemption_dates_in_order"
            )
        ]
        indexes = [models.Index(fields=["person", "requirement"], name="exemption_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.requirement_id}"

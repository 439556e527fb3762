import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.diagnostics.rules import AnswerValue


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def finished(self) -> "AssessmentQuerySet":
        return self.filter(state=Assessment.State.FINISHED)

    def public(self) -> "AssessmentQuerySet":
        """Those whose institution publishes the profile."""
        return self.finished().filter(published_at__isnull=False)


class Assessment(models.Model):
    """One institution answers one version of a questionnaire. Unique by public id.

    At most one draft of a questionnaire for each institution. A finished one is never changed but
    for ``published_at``: a correction is a new one (``based_on``). ``as_of``: the day that the
    answers describe. ``result``, frozen when it is finished: ``{"overall": 63,
    "dimensions": {key: 50 or null}}``, whole per cents.

    PII: the accounts that started, finished and published it, because an institution's answer must
    have an author; emptied when the account is deleted, never shown in public.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        FINISHED = "finished", _("Terminada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(
        "diagnostics.Questionnaire", on_delete=models.PROTECT, related_name="assessments"
    )
    release = models.ForeignKey(
        "diagnostics.QuestionnaireRelease", on_delete=models.PROTECT, related_name="assessments"
    )
    based_on = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    state = models.CharField(_("estado"), max_length=10, choices=State.choices, default=State.DRAFT)
    as_of = models.DateField(_("a qué fecha"))
    started_at = models.DateTimeField(_("comenzada"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    finished_at = models.DateTimeField(_("terminada"), null=True)
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(_("publicada"), null=True)
    first_published_at = models.DateTimeField(_("publicada por primera vez"), null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    result = models.JSONField(_("resultado"), default=dict)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnóstico de una institución")
        verbose_name_plural = _("diagnósticos de instituciones")
        ordering = ["-finished_at", "-pk"]
        indexes = [models.Index(fields=["release", "state"], name="assessment_of_release")]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "questionnaire"],
                condition=Q(state="draft"),
                name="assessment_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at__isnull=True, published_at__isnull=True)
                | Q(state="finished", finished_at__isnull=False),
                name="assessment_finished_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.questionnaire_id} {self.state}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def is_public(self) -> bool:
        return self.published_at is not None

    @property
    def overall(self) -> int | None:
        value: int | None = self.result.get("overall")
        return value


class Answer(models.Model):
    """What an institution answers to one question. Unique by assessment and question.

    ``level``: position in the question's scale, from 0. Replaced while the assessment is a draft,
    never afterwards. ``evidence_links``: addresses, in order.

    PII: the account that answered last; emptied when the account is deleted, never shown in public.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question_key = models.SlugField(max_length=60)
    level = models.PositiveSmallIntegerField(_("nivel"), null=True)
    is_not_applicable = models.BooleanField(_("no aplica"), default=False)
    comment = models.TextField(_("comentario"), blank=True)
    evidence_text = models.TextField(_("evidencia"), blank=True)
    evidence_links = models.JSONField(_("enlaces"), default=list)
    answered_at = models.DateTimeField(_("respondida"))
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question_key"], name="answer_once_per_question"),
            models.CheckConstraint(
                condition=Q(is_not_applicable=False) | Q(level__isnull=True),
                name="answer_applies_or_has_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question_key}"

    @property
    def value(self) -> AnswerValue:
        return AnswerValue(
            self.level,
            self.is_not_applicable,
            self.comment,
            self.evidence_text,
            tuple(self.evidence_links),
        )


class PlannedImprovement(models.Model):
    """An improvement of one assessment became a milestone. Unique by assessment and question.

    It keeps a second click from making everything twice, and the profile says where the milestone is.

    No personal data.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="planned")
    question_key = models.SlugField(max_length=60)
    milestone = models.ForeignKey("plan.Milestone", on_delete=models.CASCADE, related_name="+")
    planned_at = models.DateTimeField(_("cuándo"))

    class Meta:
        verbose_name = _("mejora planificada")
        verbose_name_plural = _("mejoras planificadas")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question_key"], name="improvement_planned_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.question_key}"

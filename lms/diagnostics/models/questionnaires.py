from collections.abc import Mapping
from functools import cached_property

import msgspec
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.diagnostics.manifests import DiagnosticFile, DimensionEntry, QuestionEntry
from lms.diagnostics.rules import Dimension, Level, Question
from lms.plan.models import AppendOnly


class Questionnaire(models.Model):
    """One scored questionnaire. Unique by code.

    Its words are those of ``current``, the version that is answered from now on; title, summary and
    what it serves are repeated here so that lists need no version. ``plan_code`` and
    ``commitments`` (numbers) name the plan by its code: the plan may be installed later.
    ``is_published`` False: not offered any more; what was answered stays.

    No personal data.
    """

    code = models.SlugField(_("código"), max_length=60, unique=True)
    title = models.CharField(_("título"), max_length=200)
    summary = models.CharField(_("resumen"), max_length=300)
    plan_code = models.SlugField(_("plan"), max_length=60)
    commitments = models.JSONField(_("compromisos"))
    is_published = models.BooleanField(_("se ofrece"), default=True)
    current = models.ForeignKey(
        "diagnostics.QuestionnaireRelease", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("cuestionario")
        verbose_name_plural = _("cuestionarios")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class QuestionnaireRelease(AppendOnly):
    """One version of a questionnaire, frozen. Unique by questionnaire and version. Append-only.

    ``content``: the file as :class:`lms.diagnostics.manifests.DiagnosticFile` writes it.
    ``content_hash``: sha256 of that, by which an unchanged file is known.

    No personal data.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="releases")
    version = models.PositiveIntegerField(_("versión"))
    content = models.JSONField(_("contenido"))
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("publicada"))

    class Meta:
        verbose_name = _("versión de un cuestionario")
        verbose_name_plural = _("versiones de cuestionarios")
        ordering = ["questionnaire_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "version"], name="release_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire_id} v{self.version}"

    @cached_property
    def file(self) -> DiagnosticFile:
        """The words, typed."""
        return msgspec.convert(self.content, DiagnosticFile)

    @cached_property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What the score needs."""
        return tuple(_dimension(one) for one in self.file.dimensions)

    @property
    def questions(self) -> dict[str, QuestionEntry]:
        """By key, in order."""
        return {one.key: one for dimension in self.file.dimensions for one in dimension.questions}

    @property
    def question_count(self) -> int:
        return len(self.questions)


def same_questions(*, before: QuestionnaireRelease, after: QuestionnaireRelease) -> Mapping[str, bool]:
    """Of each question of ``after``: whether ``before`` asks it with the same words and the same scale."""
    old = before.questions
    return {
        key: key in old
        and (old[key].text, old[key].levels, old[key].not_applicable)
        == (one.text, one.levels, one.not_applicable)
        for key, one in after.questions.items()
    }


def same_dimensions(*, before: QuestionnaireRelease, after: QuestionnaireRelease) -> frozenset[str]:
    """Keys of the dimensions that mean the same in both versions: the same questions, scales and weights."""
    old = {one.key: _meaning(one) for one in before.file.dimensions}
    return frozenset(one.key for one in after.file.dimensions if old.get(one.key) == _meaning(one))


def _meaning(entry: DimensionEntry) -> dict[str, tuple[object, ...]]:
    """What decides its score and what people understand; the order of the questions does not."""
    return {one.key: (one.text, one.levels, one.not_applicable, one.weight) for one in entry.questions}


def _dimension(entry: DimensionEntry) -> Dimension:
    return Dimension(entry.key, tuple(_question(one) for one in entry.questions), entry.weight)


def _question(entry: QuestionEntry) -> Question:
    levels = tuple(Level(level.points, level.evidence) for level in entry.levels)
    return Question(entry.key, levels, entry.weight)

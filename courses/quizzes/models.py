from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from courses.quizzes.rules import OptionSpec, QuestionKind, QuestionSpec

KEY = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Usa letras minúsculas, números y guiones."))


class QuestionBank(models.Model):  # type: ignore[django-manager-missing]
    """A set of questions from which assessments draw. Unique by code."""

    code = models.CharField(_("código"), max_length=80, unique=True, validators=[KEY])
    title = models.CharField(_("título"), max_length=200)

    panels = [FieldPanel("title"), FieldPanel("code")]

    class Meta:
        verbose_name = _("banco de preguntas")
        verbose_name_plural = _("bancos de preguntas")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Question(ClusterableModel):
    """One question of a bank. Unique by key in its bank. Retired questions are no longer drawn."""

    class Kind(models.TextChoices):
        SINGLE = QuestionKind.SINGLE.value, _("Una respuesta")
        MULTIPLE = QuestionKind.MULTIPLE.value, _("Varias respuestas")

    bank = models.ForeignKey(
        QuestionBank, on_delete=models.CASCADE, related_name="questions", verbose_name=_("banco")
    )
    key = models.CharField(_("clave"), max_length=60, validators=[KEY])
    competence = models.ForeignKey(
        "courses.Competence", on_delete=models.PROTECT, related_name="+", verbose_name=_("competencia")
    )
    difficulty = models.PositiveSmallIntegerField(
        _("dificultad (1 a 3)"), default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    kind = models.CharField(_("tipo"), max_length=10, choices=Kind.choices, default=Kind.SINGLE)
    stem = models.TextField(_("situación y pregunta"))
    source_law = models.ForeignKey(
        "courses.Law",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("norma en que se funda"),
    )
    source_article = models.CharField(_("artículo"), max_length=200, blank=True)
    source_note = models.CharField(_("otra fuente"), max_length=200, blank=True)
    review = models.CharField(_("lección para repasar"), max_length=60, blank=True)
    is_retired = models.BooleanField(_("retirada"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("bank"), FieldPanel("competence")]),
        FieldPanel("stem"),
        FieldPanel("kind"),
        InlinePanel("options", label=_("Alternativa"), min_num=2, max_num=8),
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("difficulty"),
                FieldPanel("source_law"),
                FieldPanel("source_article"),
                FieldPanel("source_note"),
                FieldPanel("review"),
                FieldPanel("is_retired"),
            ],
            heading=_("Más opciones"),
            classname="collapsed",
        ),
    ]

    class Meta:
        verbose_name = _("pregunta")
        verbose_name_plural = _("preguntas")
        ordering = ["bank", "key"]
        constraints = [models.UniqueConstraint(fields=["bank", "key"], name="question_key_in_bank")]

    def __str__(self) -> str:
        return f"{self.key}: {self.stem[:80]}"

    @property
    def source_text(self) -> str:
        """Where the answer comes from, in words."""
        if self.source_law:
            return ", ".join(filter(None, [self.source_law.short, self.source_article]))
        return self.source_note

    def to_spec(self) -> QuestionSpec:
        """The question as plain data; no query when options, competence and law are fetched."""
        return QuestionSpec(
            key=self.key,
            competence=self.competence.code,
            difficulty=self.difficulty,
            kind=QuestionKind(self.kind),
            stem=self.stem,
            options=tuple(OptionSpec(o.text, o.correct, o.feedback) for o in self.options.all()),
            source=self.source_text,
            review=self.review,
        )


class QuestionOption(Orderable):
    """One option of a question, with what to tell whoever chooses it."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("alternativa"), max_length=500)
    correct = models.BooleanField(_("es correcta"), default=False)
    feedback = models.TextField(_("qué le dices a quien la elige"))

    panels = [FieldPanel("text"), FieldPanel("correct"), FieldPanel("feedback")]

    class Meta(Orderable.Meta):
        verbose_name = _("alternativa")

    def __str__(self) -> str:
        return self.text

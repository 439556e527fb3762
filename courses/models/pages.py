from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from courses.blocks import LessonBody
from courses.models.catalogue import CODE, CourseTopic


class CatalogueIndexPage(Page):
    """The catalogue: all published courses, to search and filter."""

    intro = RichTextField(_("introducción"), blank=True, features=["bold", "link"])

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    subpage_types: ClassVar = ["courses.CoursePage"]
    max_count = 1
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("catálogo")


class CoursePage(Page):
    """The words of a course and the rules by which it is completed."""

    code = models.CharField(
        _("código"),
        max_length=80,
        unique=True,
        validators=[CODE],
        help_text=_("No cambia nunca: los registros de las personas descansan en él."),
    )
    short_title = models.CharField(_("título corto"), max_length=80)
    summary = models.TextField(_("resumen"), max_length=400)
    topic = models.CharField(_("tema"), max_length=20, choices=CourseTopic.choices)
    emblem = models.CharField(_("emblema"), max_length=40, default="integridad")
    audience = models.CharField(_("para quiénes"), max_length=200)
    outcomes = models.TextField(
        _("al terminar, podrás"), blank=True, help_text=_("Un logro por línea, empieza con un verbo.")
    )
    commitments = models.CharField(
        _("compromisos del plan"), max_length=60, blank=True, help_text=_("Números separados por coma.")
    )
    certificate_months = models.PositiveSmallIntegerField(
        _("vigencia del certificado, en meses"), default=24, help_text=_("0: no vence.")
    )
    pedagogical_hour_minutes = models.PositiveSmallIntegerField(
        _("minutos de una hora pedagógica"), default=45, validators=[MinValueValidator(30)]
    )
    bank = models.ForeignKey(
        "quizzes.QuestionBank",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("banco de preguntas"),
    )
    assessment_code = models.CharField(
        _("clave de la evaluación"), max_length=60, default="evaluacion-final", validators=[CODE]
    )
    assessment_title = models.CharField(_("título"), max_length=120, default="Evaluación final")
    pass_percent = models.PositiveSmallIntegerField(
        _("se aprueba con (%)"), default=70, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    attempts = models.PositiveSmallIntegerField(_("intentos"), default=3, help_text=_("0: sin límite."))
    wait_hours = models.PositiveSmallIntegerField(_("horas entre intentos"), default=24)
    minutes_per_question = models.PositiveSmallIntegerField(_("minutos por pregunta"), default=2)
    require_all_lessons = models.BooleanField(_("completar todas las lecciones"), default=True)
    require_assessment = models.BooleanField(_("aprobar la evaluación final"), default=True)
    require_dilemmas = models.PositiveSmallIntegerField(_("dilemas que se piden"), default=1)
    release_label = models.CharField(_("etiqueta de la próxima versión"), max_length=40, blank=True)
    pack_code = models.CharField(max_length=80, blank=True, editable=False)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("short_title"), FieldPanel("topic")]),
        FieldPanel("audience"),
        FieldPanel("outcomes"),
        InlinePanel("competences", label=_("Competencia")),
        MultiFieldPanel(
            [
                FieldPanel("bank"),
                InlinePanel("draws", label=_("Preguntas de cada competencia")),
                FieldRowPanel([FieldPanel("pass_percent"), FieldPanel("attempts"), FieldPanel("wait_hours")]),
                FieldRowPanel([FieldPanel("assessment_title"), FieldPanel("minutes_per_question")]),
            ],
            heading=_("Evaluación final"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("require_all_lessons"),
                FieldPanel("require_assessment"),
                FieldPanel("require_dilemmas"),
                FieldPanel("certificate_months"),
            ],
            heading=_("Para obtener el certificado"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("code"),
                FieldPanel("assessment_code"),
                FieldPanel("commitments"),
                FieldPanel("emblem"),
                FieldPanel("pedagogical_hour_minutes"),
                FieldPanel("release_label"),
            ],
            heading=_("Más opciones"),
            classname="collapsed",
        ),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("outcomes"),
        index.FilterField("topic"),
    ]
    parent_page_types: ClassVar = ["courses.CatalogueIndexPage"]
    subpage_types: ClassVar = ["courses.ModulePage"]
    template = "courses/course.html"

    class Meta:
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")

    def clean(self) -> None:
        super().clean()
        if self.commitments and not all(n.strip().isdigit() for n in self.commitments.split(",")):
            raise ValidationError({"commitments": _("Escribe números separados por coma, por ejemplo 1, 6.")})
        if self.require_assessment and not self.bank_id:
            raise ValidationError({"bank": _("Elige de qué banco se sortean las preguntas.")})

    @property
    def outcome_list(self) -> list[str]:
        return [line.strip() for line in self.outcomes.splitlines() if line.strip()]

    @property
    def commitment_numbers(self) -> tuple[int, ...]:
        return tuple(int(number) for number in self.commitments.split(",") if number.strip().isdigit())


class CourseCompetence(Orderable):
    """A competence of a course and the level it reaches."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(
        "courses.Competence", on_delete=models.PROTECT, related_name="+", verbose_name=_("competencia")
    )
    level = models.PositiveSmallIntegerField(
        _("nivel"),
        default=1,
        choices=[(1, _("1: reconoce")), (2, _("2: aplica")), (3, _("3: orienta a otras personas"))],
    )

    panels: ClassVar = [FieldPanel("competence"), FieldPanel("level")]


class CourseDraw(Orderable):
    """How many questions of a competence the final assessment draws."""

    page = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="draws")
    competence = models.ForeignKey(
        "courses.Competence", on_delete=models.PROTECT, related_name="+", verbose_name=_("competencia")
    )
    count = models.PositiveSmallIntegerField(
        _("preguntas"), default=2, validators=[MinValueValidator(1), MaxValueValidator(50)]
    )

    panels: ClassVar = [FieldPanel("competence"), FieldPanel("count")]


class ModulePage(Page):
    """A chapter of a course. Its key is unique in the course."""

    key = models.CharField(_("clave"), max_length=60, validators=[CODE])

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("key")]
    parent_page_types: ClassVar = ["courses.CoursePage"]
    subpage_types: ClassVar = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("módulo")
        verbose_name_plural = _("módulos")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A module has no page of its own: its course shows it."""
        return redirect(f"{self.get_parent().get_url(request)}#{self.key}")


class LessonPage(Page):
    """One lesson. Its key is unique in the course; records rest on it, not on this page."""

    key = models.CharField(_("clave"), max_length=60, validators=[CODE])
    summary = models.CharField(_("qué se aprende"), max_length=200)
    outcomes = models.TextField(_("logros"), blank=True, help_text=_("Uno por línea."))
    activity_minutes = models.PositiveSmallIntegerField(
        _("minutos de actividad"),
        default=4,
        help_text=_("Preguntas y ejercicios. El tiempo de lectura se calcula solo."),
    )
    competences = ParentalManyToManyField("courses.Competence", blank=True, verbose_name=_("competencias"))
    body = StreamField(LessonBody(), verbose_name=_("contenido"), use_json_field=True)

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("activity_minutes"),
                FieldPanel("outcomes"),
                FieldPanel("competences"),
            ],
            heading=_("Más opciones"),
            classname="collapsed",
        ),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types: ClassVar = ["courses.ModulePage"]
    subpage_types: ClassVar[list[str]] = []
    template = "courses/lesson_preview.html"

    class Meta:
        verbose_name = _("lección")
        verbose_name_plural = _("lecciones")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Learners read lessons in the classroom, from the frozen release."""
        if getattr(request, "is_preview", False):
            return super().serve(request, *args, **kwargs)
        course = self.get_parent().get_parent().specific
        return redirect(f"/aula/{course.code}/{self.key}/")

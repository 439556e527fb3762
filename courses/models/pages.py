from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, PageManager, PageViewRestriction
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.blocks import LessonBody
from courses.languages import source_language
from courses.models.catalogue import CODE, CourseTopic
from courses.models.forms import CourseForm, LessonForm, ModuleForm
from courses.quizzes.models import QuestionBank

MORE_OPTIONS = _("Más opciones")


def synchronized(*names: str) -> list[SynchronizedField]:
    """Fields that are the same in every language: translators neither see nor change them."""
    return [SynchronizedField(name, overridable=False) for name in names]


class CatalogueIndexPage(Page):
    """The catalogue: all published courses, to search and filter."""

    intro = RichTextField(_("introducción"), blank=True, features=["bold", "link"])

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("intro")]
    subpage_types: ClassVar = ["courses.CoursePage"]
    override_translatable_fields: ClassVar = synchronized("slug")
    max_count = 1
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("catálogo")


class CoursePageQuerySet(PageQuerySet):
    def of_source(self) -> "CoursePageQuerySet":
        """The pages by which courses are completed; the others are their translations."""
        return self.filter(language=source_language())

    def open_to_all(self) -> "CoursePageQuerySet":
        """What ``public`` says, without a query of its own: no page above asks for a password or a group."""
        path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
        restrictions = PageViewRestriction.objects.annotate(asked=path).filter(
            asked__startswith=F("page__path")
        )
        return self.exclude(Exists(restrictions))

    def published_translations_of(self, page: "CoursePage") -> "CoursePageQuerySet":
        """By language. A page that Wagtail only mirrors in another language is no translation."""
        rows = self.live().filter(translation_key=page.translation_key, alias_of=None)
        return rows.exclude(pk=page.pk).order_by("language")

    def banks_for(self, user: Any) -> models.QuerySet[QuestionBank]:
        """The banks of the courses that somebody may change, and those of no course yet. One query when read.

        A question carries its key: who does not teach a course does not see what its assessment draws from.
        """
        pages = page_permission_policy.instances_user_has_permission_for(user, "change")
        own = self.filter(pk__in=pages.values("pk"))
        used = self.exclude(bank=None)
        return QuestionBank.objects.filter(
            Q(pk__in=own.values("bank_id")) | ~Q(pk__in=used.values("bank_id"))
        )


CoursePageManager = PageManager.from_queryset(CoursePageQuerySet)


class CoursePage(Page):
    """The words of a course and, in the source language, the rules by which it is completed.

    Unique by code and language; ``language`` repeats the code of the page's locale for that.
    """

    code = models.CharField(
        _("código"),
        max_length=80,
        validators=[CODE],
        help_text=_("Vacío: se hace del título. Una vez publicado no cambia: en él descansan los registros."),
    )
    language = models.CharField(max_length=10, default="es", editable=False)
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
    pass_percent_each = models.PositiveSmallIntegerField(
        _("y en cada competencia (%)"),
        default=0,
        validators=[MaxValueValidator(100)],
        help_text=_("0: solo cuenta el total."),
    )
    assessment_minutes = models.PositiveSmallIntegerField(
        _("minutos para responder"), default=0, help_text=_("0: sin límite.")
    )
    assessment_on_one_page = models.BooleanField(_("todas las preguntas en una página"), default=False)
    open_answers_by_two = models.BooleanField(
        _("dos personas corrigen cada respuesta abierta"), default=False
    )
    minutes_per_question = models.PositiveSmallIntegerField(_("minutos por pregunta"), default=2)
    require_all_lessons = models.BooleanField(_("completar todas las lecciones"), default=True)
    require_assessment = models.BooleanField(_("aprobar la evaluación final"), default=True)
    require_dilemmas = models.PositiveSmallIntegerField(_("dilemas que se piden"), default=1)
    release_label = models.CharField(_("etiqueta de la próxima versión"), max_length=40, blank=True)
    is_model = models.BooleanField(
        _("es un modelo"),
        default=False,
        help_text=_("Quien empieza un curso puede partir de una copia, aunque no esté publicado."),
    )
    pack_code = models.CharField(max_length=80, blank=True, editable=False)

    base_form_class = CourseForm
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("topic"), FieldPanel("audience")]),
        FieldPanel("outcomes"),
        InlinePanel("competences", heading=_("Competencias"), label=_("Competencia")),
        MultiFieldPanel(
            [
                FieldPanel("bank"),
                InlinePanel("draws", label=_("Preguntas de cada competencia")),
                FieldRowPanel([FieldPanel("pass_percent"), FieldPanel("attempts"), FieldPanel("wait_hours")]),
            ],
            heading=_("Evaluación final"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("short_title"),
                FieldPanel("require_all_lessons"),
                FieldPanel("require_assessment"),
                FieldPanel("require_dilemmas"),
                FieldPanel("certificate_months"),
                FieldPanel("assessment_title"),
                FieldPanel("pass_percent_each"),
                FieldPanel("assessment_minutes"),
                FieldPanel("assessment_on_one_page"),
                FieldPanel("open_answers_by_two"),
                FieldPanel("minutes_per_question"),
                FieldPanel("commitments"),
                FieldPanel("emblem"),
                FieldPanel("pedagogical_hour_minutes"),
                FieldPanel("release_label"),
                FieldPanel("is_model"),
                FieldPanel("slug"),
                FieldPanel("search_description"),
                FieldPanel("code"),
                FieldPanel("assessment_code"),
            ],
            heading=MORE_OPTIONS,
            classname="collapsed",
        ),
    ]
    promote_panels: ClassVar[list[Any]] = []
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("outcomes"),
        index.FilterField("topic"),
    ]
    override_translatable_fields: ClassVar = synchronized(
        "slug", "code", "emblem", "commitments", "assessment_code", "release_label", "is_model",
        "competences", "draws",
    )  # fmt: skip
    parent_page_types: ClassVar = ["courses.CatalogueIndexPage"]
    subpage_types: ClassVar = ["courses.ModulePage"]
    template = "courses/course.html"

    objects = CoursePageManager()

    class Meta:
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "language"], name="course_page_code_in_language")
        ]

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The language is that of the locale."""
        self.language = self.locale.language_code if self.locale_id else source_language()
        return super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        same = CoursePage.objects.filter(code=self.code, locale_id=self.locale_id).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"code": _("Ya existe un curso con ese código.")})
        if self.commitments and not all(n.strip().isdigit() for n in self.commitments.split(",")):
            raise ValidationError({"commitments": _("Escribe números separados por coma, por ejemplo 1, 6.")})

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
    difficulty = models.PositiveSmallIntegerField(
        _("dificultad"),
        default=0,
        choices=[(0, _("Cualquiera")), (1, _("1: fácil")), (2, _("2: media")), (3, _("3: difícil"))],
    )
    tag = models.CharField(_("solo con la etiqueta"), max_length=60, blank=True)

    panels: ClassVar = [
        FieldRowPanel([FieldPanel("competence"), FieldPanel("count")]),
        FieldRowPanel([FieldPanel("difficulty"), FieldPanel("tag")]),
    ]


class ModulePage(Page):
    """A chapter of a course. Its key is unique in the course."""

    key = models.CharField(
        _("clave"), max_length=60, validators=[CODE], help_text=_("Vacía: se hace del título.")
    )

    base_form_class = ModuleForm
    content_panels: ClassVar = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("key"), FieldPanel("slug")], heading=MORE_OPTIONS, classname="collapsed"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    override_translatable_fields: ClassVar = synchronized("slug", "key")
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

    key = models.CharField(
        _("clave"), max_length=60, validators=[CODE], help_text=_("Vacía: se hace del título.")
    )
    summary = models.CharField(_("qué se aprende"), max_length=200)
    outcomes = models.TextField(_("logros"), blank=True, help_text=_("Uno por línea."))
    activity_minutes = models.PositiveSmallIntegerField(
        _("minutos de actividad"),
        default=4,
        help_text=_("Preguntas y ejercicios. El tiempo de lectura se calcula solo."),
    )
    competences = ParentalManyToManyField("courses.Competence", blank=True, verbose_name=_("competencias"))
    body = StreamField(LessonBody(), verbose_name=_("contenido"), use_json_field=True)

    base_form_class = LessonForm
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("outcomes"),
                FieldPanel("competences"),
                FieldPanel("activity_minutes"),
                FieldPanel("key"),
                FieldPanel("slug"),
            ],
            heading=MORE_OPTIONS,
            classname="collapsed",
        ),
    ]
    promote_panels: ClassVar[list[Any]] = []
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    override_translatable_fields: ClassVar = synchronized("slug", "key", "activity_minutes")
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

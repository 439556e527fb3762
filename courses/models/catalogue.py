from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from courses.keys.forms import KeyedForm
from courses.languages import source_language
from courses.outline import CourseOutline, outline_from_json
from courses.wording import in_words, words_from_json

CODE = RegexValidator(r"^[a-z0-9][a-z0-9-]*$", _("Usa letras minúsculas, números y guiones."))


class CourseTopic(models.TextChoices):
    """Shelves of the catalogue. Each has its emblem in the sprite."""

    INTEGRIDAD = "integridad", _("Integridad")
    TRANSPARENCIA = "transparencia", _("Transparencia")
    GOBIERNO_ABIERTO = "gobierno-abierto", _("Gobierno abierto")
    LENGUAJE_CLARO = "lenguaje-claro", _("Lenguaje claro")
    PARTICIPACION = "participacion", _("Participación")
    DATOS = "datos", _("Datos")
    INCLUSION = "inclusion", _("Inclusión")


class CompetenceForm(KeyedForm):
    key_name, words_name, longest_key, default_key = "code", "name", 20, "competencia"


class LawForm(KeyedForm):
    words_name, longest_key, default_key = "short", 60, "norma"


class CompetenceQuerySet(models.QuerySet["Competence"]):
    def of_source(self) -> "CompetenceQuerySet":
        """Those that courses and questions refer to; the others are their translations."""
        return self.filter(locale__language_code=source_language())


class Competence(TranslatableMixin, models.Model):
    """Something people learn to do, seen in what they do. Unique by code and language.

    Everything refers to the row in the source language; the others only lend their words.
    """

    code = models.CharField(_("código"), max_length=20)
    name = models.CharField(_("nombre"), max_length=150)
    description = models.TextField(_("en qué se nota"), blank=True)

    objects = CompetenceQuerySet.as_manager()

    base_form_class = CompetenceForm
    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldPanel("code", help_text=_("Vacío: se hace del nombre.")),
    ]
    override_translatable_fields = [SynchronizedField("code", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("competencia")
        verbose_name_plural = _("competencias")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["code", "locale"], name="competence_code_in_locale")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Law(index.Indexed, models.Model):
    """A norm that law cards cite. Unique by key.

    ``version`` is the date of the consolidated text in force that we know of; a card whose own
    version is older needs a second reading.
    """

    key = models.CharField(_("clave"), max_length=60, unique=True, validators=[CODE])
    name = models.CharField(_("nombre completo"), max_length=255)
    short = models.CharField(_("nombre corto"), max_length=100)
    id_norma = models.PositiveIntegerField(
        _("idNorma"), null=True, blank=True, help_text=_("Número de la norma en Ley Chile.")
    )
    link = models.URLField(_("enlace"), blank=True, help_text=_("Solo si no está en Ley Chile."))
    version = models.DateField(_("versión vigente"), null=True, blank=True)
    published = models.DateField(_("publicada"), null=True, blank=True)
    note = models.CharField(_("nota"), max_length=255, blank=True)

    base_form_class = LawForm
    panels = [
        FieldPanel("name"),
        FieldPanel("short"),
        FieldPanel("id_norma"),
        FieldPanel("version"),
        MultiFieldPanel(
            [
                FieldPanel("link"),
                FieldPanel("published"),
                FieldPanel("note"),
                FieldPanel("key", help_text=_("Vacía: se hace del nombre corto.")),
            ],
            heading=_("Más opciones"),
            classname="collapsed",
        ),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("key")]

    class Meta:
        verbose_name = _("norma")
        verbose_name_plural = _("normas")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short

    @property
    def url(self) -> str:
        """Where the official text is."""
        if self.link:
            return self.link
        return f"https://www.bcn.cl/leychile/navegar?idNorma={self.id_norma}" if self.id_norma else ""


class Course(models.Model):
    """One course across versions and translations. Unique by code, which never changes.

    Records, coverage and activity addresses rest on the code, never on a page. ``decision_needed_at``:
    since when its pages ask for something else than its release, and wait for what its author decides.
    """

    code = models.CharField(_("código"), max_length=80, unique=True, validators=[CODE])
    title = models.CharField(_("título"), max_length=200)
    created_at = models.DateTimeField()
    decision_needed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CourseRelease(models.Model):
    """One published version of a course, frozen. Unique by course and number; one is current.

    ``structure_hash`` is equal for releases that demand the same and differ only in words: who began in
    one reads the newest. One that its author made for new enrolments alone has its own.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(_("versión"))
    label = models.CharField(_("etiqueta"), max_length=40, blank=True)
    outline_data = models.JSONField()
    structure_hash = models.CharField(max_length=64, db_index=True)
    content_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("versión publicada")
        verbose_name_plural = _("versiones publicadas")
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="release_number_in_course"),
            models.UniqueConstraint(
                fields=["course"], condition=models.Q(is_current=True), name="release_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course.code} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only ``is_current`` may change after the first save.

        Raises:
            TypeError: an attempt to change a frozen column.
        """
        if self.pk and set(kwargs.get("update_fields") or ("*",)) != {"is_current"}:
            raise TypeError("Una versión publicada no se modifica: publica otra.")
        super().save(*args, **kwargs)

    @cached_property
    def outline(self) -> CourseOutline:
        return outline_from_json(self.outline_data)


class ReleaseChange(models.Model):
    """What its author decided about a new release for those who began or completed an earlier one.

    Unique by release; none where only words changed and nobody decided. Completions are never touched:
    none is deleted, none dated anew. ``blocks``: ``{unit key: [block ids]}`` that changed from release
    number ``since`` on, which who completed that or an earlier one is asked to read; ``minutes`` for it.
    Who completed a later one reads less (``courses.deltas``).

    PII: ``decided_by`` is the author.
    """

    class Mode(models.TextChoices):
        KEEP_ALL = "keep_all", _("Todo sigue como está")
        NEW_ONLY = "new_only", _("Solo nuevas inscripciones")
        DELTA = "delta", _("Mostrar lo que cambió a quienes lo completaron")

    release = models.OneToOneField(CourseRelease, on_delete=models.CASCADE, related_name="change")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    since = models.PositiveIntegerField()
    summary = models.TextField(_("qué cambió"), max_length=1000, blank=True)
    blocks = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField(default=0)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decisión sobre una versión")
        verbose_name_plural = _("decisiones sobre versiones")

    def __str__(self) -> str:
        return f"{self.release_id} {self.mode}"


class ReleaseTranslationQuerySet(models.QuerySet["ReleaseTranslation"]):
    def newest(self) -> "ReleaseTranslationQuerySet":
        """Those of the newest release of each structure: the words that are read."""
        newer = CourseRelease.objects.filter(
            course_id=OuterRef("release__course_id"),
            structure_hash=OuterRef("release__structure_hash"),
            number__gt=OuterRef("release__number"),
        )
        return self.filter(~Exists(newer))


class ReleaseTranslation(models.Model):
    """The words of a release's outline in a language other than its own. Unique by release and language.

    ``words``: a :class:`~courses.wording.OutlineWords`. The units have theirs in ``ReleaseUnit``.
    """

    release = models.ForeignKey(CourseRelease, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=10)
    words = models.JSONField()

    objects = ReleaseTranslationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "language"], name="release_translation_language")
        ]

    def __str__(self) -> str:
        return self.language

    def put(self, outline: CourseOutline) -> CourseOutline:
        """``outline`` in these words."""
        return in_words(outline, language=self.language, words=words_from_json(self.words))


class ReleaseUnit(models.Model):
    """The frozen content of one unit of a release in one language. Unique by release, key and language.

    Every unit has its content in the source language, and in others where it is translated whole,
    with the same structure.

    ``payload`` of a lesson: ``{"summary", "outcomes", "body"}`` with the raw StreamField data, and
    ``terms`` where words are marked in it (``courses.glossary.explain``); of an assessment:
    ``{"questions": […]}`` with their keys, which never leave the server.
    """

    release = models.ForeignKey(CourseRelease, on_delete=models.CASCADE, related_name="unit_rows")
    key = models.CharField(max_length=60)
    language = models.CharField(max_length=10, default="es")
    payload = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "key", "language"], name="unit_key_in_release")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.language}"

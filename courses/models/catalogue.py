from functools import cached_property
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from courses.outline import CourseOutline, outline_from_json

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


class Competence(models.Model):
    """Something people learn to do, seen in what they do. Unique by code."""

    code = models.CharField(_("código"), max_length=20, unique=True)
    name = models.CharField(_("nombre"), max_length=150)
    description = models.TextField(_("en qué se nota"), blank=True)

    panels = [FieldPanel("code"), FieldPanel("name"), FieldPanel("description")]

    class Meta:
        verbose_name = _("competencia")
        verbose_name_plural = _("competencias")
        ordering = ["code"]

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

    panels = [
        FieldPanel("name"),
        FieldPanel("short"),
        FieldPanel("key"),
        FieldPanel("id_norma"),
        FieldPanel("link"),
        FieldPanel("version"),
        FieldPanel("published"),
        FieldPanel("note"),
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

    Records, coverage and activity addresses rest on the code, never on a page.
    """

    code = models.CharField(_("código"), max_length=80, unique=True, validators=[CODE])
    title = models.CharField(_("título"), max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("curso")
        verbose_name_plural = _("cursos")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class CourseRelease(models.Model):
    """One published version of a course, frozen. Unique by course and number; one is current.

    ``structure_hash`` is equal for releases that demand the same and differ only in words.
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


class ReleaseUnit(models.Model):
    """The frozen content of one unit of a release. Unique by release and key.

    ``payload`` of a lesson: ``{"summary", "outcomes", "body"}`` with the raw StreamField data; of
    an assessment: ``{"questions": […]}`` with their keys, which never leave the server.
    """

    release = models.ForeignKey(CourseRelease, on_delete=models.CASCADE, related_name="unit_rows")
    key = models.CharField(max_length=60)
    payload = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "key"], name="unit_key_in_release")]

    def __str__(self) -> str:
        return self.key

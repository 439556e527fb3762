import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.people.regions import REGION_CHOICES


class Estamento(models.TextChoices):
    """Staff levels of article 5 of the Administrative Statute (DFL 29/2004), and those of special laws."""

    DIRECTIVOS = "directivos", _("Directivos")
    PROFESIONALES = "profesionales", _("Profesionales")
    FISCALIZADORES = "fiscalizadores", _("Fiscalizadores")
    TECNICOS = "tecnicos", _("Técnicos")
    ADMINISTRATIVOS = "administrativos", _("Administrativos")
    AUXILIARES = "auxiliares", _("Auxiliares")
    OTHER = "otro", _("Sin estamento")


class LegalQuality(models.TextChoices):
    """Calidad jurídica of a posting (articles 3, 10 and 11 of the Statute, and the Labour Code)."""

    PLANTA = "planta", _("Planta")
    CONTRATA = "contrata", _("Contrata")
    HONORARIOS = "honorarios", _("Honorarios")
    SUPLENTE = "suplente", _("Suplencia o reemplazo")
    LABOUR_CODE = "codigo_trabajo", _("Código del Trabajo")


class PostingQuerySet(models.QuerySet["Posting"]):
    def valid_on(self, day: date) -> "PostingQuerySet":
        """Postings in force on ``day``, first and last day included."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Posting(models.Model):
    """One person's job in one unit, with dates. At most one per person, institution and first day.

    PII: links a person to an institution and a rank; kept as long as the training record that
    rests on it, and left without a name when the person is erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="postings")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="postings")
    estamento = models.CharField(max_length=16, choices=Estamento.choices)
    legal_quality = models.CharField(_("calidad jurídica"), max_length=16, choices=LegalQuality.choices)
    grade = models.CharField(_("grado"), max_length=10, blank=True)
    position = models.CharField(_("cargo o función"), max_length=120, blank=True)
    region = models.CharField(_("región"), max_length=6, blank=True, choices=REGION_CHOICES)
    valid_from = models.DateField(_("desde"))
    valid_until = models.DateField(_("hasta"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("destinación")
        verbose_name_plural = _("destinaciones")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "institution", "valid_from"], name="posting_once_per_first_day"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="posting_dates_in_order",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "valid_from", "valid_until"], name="posting_of_institution"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.unit_id} {self.estamento}"


class Leave(models.Model):
    """Days on which a person does not work for an institution and is therefore not late in anything.

    At most one per person, institution and first day.

    PII: the dates only. Why somebody is away (health, family, study) is never asked or kept.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="leaves")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="leaves")
    first_day = models.DateField(_("primer día"))
    last_day = models.DateField(_("último día"), null=True, blank=True)

    class Meta:
        verbose_name = _("ausencia")
        verbose_name_plural = _("ausencias")
        ordering = ["-first_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "institution", "first_day"], name="leave_once_per_first_day"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="leave_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.first_day}"

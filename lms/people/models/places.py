from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def valid_on(self, day: date) -> "InstitutionQuerySet":
        """Institutions that exist on ``day``; open dates count as always."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )


class Institution(models.Model):
    """One body of the State (or of another government). Unique by code.

    Codes of Chile's central bodies are those of the State's list, also used by the lobby portal.
    """

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("Ministerio")
        SERVICE = "service", _("Servicio")
        MUNICIPALITY = "municipality", _("Municipalidad")
        OTHER = "other", _("Otro organismo")

    code = models.SlugField(_("código"), max_length=40, unique=True, allow_unicode=False)
    name = models.CharField(_("nombre"), max_length=255)
    kind = models.CharField(_("tipo"), max_length=14, choices=Kind.choices, default=Kind.SERVICE)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("depende de"),
    )
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("la sucede"),
    )
    valid_from = models.DateField(_("existe desde"), null=True, blank=True)
    valid_until = models.DateField(_("existe hasta"), null=True, blank=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institución")
        verbose_name_plural = _("instituciones")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=models.F("valid_from")),
                name="institution_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """One unit of an institution (a division, a regional office). Unique by code in its institution.

    A closed one (``valid_until``) stays, for what was done in it; nobody is put into it any more.
    """

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="units")
    code = models.CharField(_("código"), max_length=40)
    name = models.CharField(_("nombre"), max_length=255)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_until = models.DateField(_("existe hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("unidad")
        verbose_name_plural = _("unidades")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "code"], name="unit_code_in_institution")
        ]

    def __str__(self) -> str:
        return self.name

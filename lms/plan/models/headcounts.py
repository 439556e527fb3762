from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.plan.models.append_only import AppendOnly


class HeadcountUpload(AppendOnly):
    """A published headcount of some institutions on one day, with where it was read.

    Append-only: a later one takes the place of an earlier one, institution by institution, and both
    stay. PII: the account that uploaded it; emptied when the account is deleted.
    """

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.PROTECT, related_name="headcounts")
    headcount_date = models.DateField(_("fecha de la dotación"))
    source_text = models.CharField(_("fuente"), max_length=300)
    source_url = models.URLField(_("dirección de la fuente"), max_length=500, blank=True)
    includes_honorarios = models.BooleanField(_("incluye honorarios"))
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dotación cargada")
        verbose_name_plural = _("dotaciones cargadas")
        ordering = ["-headcount_date", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.headcount_date}"


class Headcount(AppendOnly):
    """People of one institution × estamento × legal quality in one upload. Unique by these.

    Append-only. No personal data: a published number of posts.
    """

    upload = models.ForeignKey(HeadcountUpload, on_delete=models.PROTECT, related_name="rows")
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    estamento = models.CharField(max_length=16)
    legal_quality = models.CharField(max_length=16)
    people = models.PositiveIntegerField(_("personas"))

    class Meta:
        verbose_name = _("dotación de un grupo")
        verbose_name_plural = _("dotaciones de grupos")
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "institution", "estamento", "legal_quality"], name="headcount_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.estamento} {self.legal_quality} {self.people}"

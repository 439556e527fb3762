"""Versions of the open data that can be cited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.plan.models import AppendOnly


class FileContent(AppendOnly):
    """The bytes of a published file, compressed. Unique by the SHA-256 of the bytes themselves.

    Versions in which a file did not change share one row. No personal data: what is in it was public.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField(_("bytes"))
    compressed = models.BinaryField()

    class Meta:
        verbose_name = _("contenido publicado")
        verbose_name_plural = _("contenidos publicados")

    def __str__(self) -> str:
        return self.sha256


class DataRelease(AppendOnly):
    """One version of a plan's files, as they were at ``made_at``. Unique by plan and number.

    Added when a file changed; never rewritten, because somebody may have cited it. No personal data.
    """

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.CASCADE, related_name="data_releases")
    number = models.PositiveIntegerField(_("versión"))
    made_at = models.DateTimeField(_("publicada"))

    class Meta:
        verbose_name = _("versión de los datos")
        verbose_name_plural = _("versiones de los datos")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="data_release_number_in_plan")]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class ReleasedFile(AppendOnly):
    """A file of a version. Unique by version and name. No personal data."""

    release = models.ForeignKey(DataRelease, on_delete=models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(_("archivo"), max_length=60)
    media_type = models.CharField(max_length=60)
    content = models.ForeignKey(FileContent, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("archivo publicado")
        verbose_name_plural = _("archivos publicados")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="released_file_once")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.name}"

"""Files that came with statements."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """One file, kept once whatever the number of statements that carry it. Unique by its SHA-2."""

    sha2 = models.CharField(primary_key=True, max_length=128)
    file = models.CharField(max_length=200)
    length = models.BigIntegerField()

    class Meta:
        verbose_name = _("archivo adjunto")
        verbose_name_plural = _("archivos adjuntos")

    def __str__(self) -> str:
        return self.sha2

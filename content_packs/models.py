from django.db import models
from django.utils.translation import gettext_lazy as _


class InstalledPack(models.Model):
    """Which version of a content pack is installed. Unique by code.

    ``manifest`` is pack.yaml as plain data, so that an export says the same of itself.
    """

    code = models.CharField(_("código"), max_length=60, unique=True)
    version = models.CharField(_("versión"), max_length=20)
    manifest = models.JSONField()
    content_hash = models.CharField(max_length=64)
    installed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paquete instalado")
        verbose_name_plural = _("paquetes instalados")

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

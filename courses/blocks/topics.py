from django.db import models
from django.utils.translation import gettext_lazy as _


class CodeTopic(models.TextChoices):
    """Topics by which lessons ask for an article of the learner's own code of ethics."""

    PROBIDAD = "probidad", _("Probidad")
    CONFLICTOS = "conflictos", _("Conflictos de interés")
    REGALOS = "regalos", _("Regalos e invitaciones")
    LOBBY = "lobby", _("Lobby y agenda pública")
    RECURSOS = "recursos", _("Uso de recursos y tiempo")
    INFORMACION = "informacion", _("Información y transparencia")
    DENUNCIAS = "denuncias", _("Denuncias y protección")
    TRATO = "trato", _("Trato digno")
    CODIGO = "codigo", _("El código en general")

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessLogEntry(models.Model):
    """One look at other people's records: who, in which role, at whom or at how many, why, when.

    Append-only. ``subject`` names the person when the look was at one; lists store the number of
    people shown.

    PII: account and person; kept three years so that a person can ask who looked, then purged.
    """

    class Action(models.TextChoices):
        VIEW_LIST = "view_list", _("Vio una lista de personas")
        VIEW_PERSON = "view_person", _("Vio la ficha de una persona")
        EXPORT = "export", _("Exportó una lista de personas")
        IMPORT = "import", _("Cargó una nómina")

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="looks"
    )
    role = models.CharField(max_length=24)
    institution = models.ForeignKey("people.Institution", null=True, on_delete=models.SET_NULL)
    subject = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="looked_at"
    )
    action = models.CharField(max_length=12, choices=Action.choices)
    people_count = models.PositiveIntegerField(default=0)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("consulta registrada")
        verbose_name_plural = _("consultas registradas")
        indexes = [models.Index(fields=["institution", "at"], name="look_in_institution")]

    def __str__(self) -> str:
        return f"{self.action} {self.at:%Y-%m-%d %H:%M}"

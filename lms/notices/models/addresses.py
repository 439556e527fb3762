from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.notices.rules.addresses import ProblemKind

PROBLEM_CHOICES = [
    (ProblemKind.HARD.value, _("La dirección no existe")),
    (ProblemKind.SOFT.value, _("No pudo recibir")),
    (ProblemKind.COMPLAINT.value, _("Marcó el correo como no deseado")),
]


class AddressProblem(models.Model):
    """One bounce or complaint. Rows are only added; unique by e-mail and kind, however often it is reported.

    They count for the address they happened to: with a new address a person begins anew.
    ``cleared_at``: from then on HR wants it tried again.

    PII: a keyed hash of the address, and whose it was; deleted when the person is erased.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=10, choices=PROBLEM_CHOICES)
    status = models.CharField(max_length=12, blank=True)
    mail = models.ForeignKey("notices.Mail", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("problema de una dirección")
        verbose_name_plural = _("problemas de direcciones")
        constraints = [
            models.UniqueConstraint(
                fields=["mail", "kind"], condition=Q(mail__isnull=False), name="address_problem_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.at:%Y-%m-%d}"


class MailPreference(models.Model):
    """What a person does not want by e-mail: a list of ``rules.kinds.Group``. Unique by person.

    PII: a wish of the person; deleted when the person is erased.
    """

    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="+")
    turned_off = models.JSONField(default=list)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("preferencia de correo")
        verbose_name_plural = _("preferencias de correo")

    def __str__(self) -> str:
        return f"{self.person_id} {self.turned_off}"

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TimeAllowance(models.Model):
    """How much more time a person has in every assessment with a limit. One at most is in force.

    PII: that the person has more time, and who said so; never why. Goes with the person.
    """

    class Percent(models.IntegerChoices):
        QUARTER_MORE = 125, _("Un cuarto más")
        HALF_MORE = 150, _("La mitad más")
        TWICE = 200, _("El doble")
        THREE_TIMES = 300, _("El triple")

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="time_allowances")
    percent = models.PositiveSmallIntegerField(_("tiempo"), choices=Percent.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("más tiempo")
        verbose_name_plural = _("más tiempo")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at__isnull=True), name="time_allowance_one_in_force"
            )
        ]

    def __str__(self) -> str:
        return self.get_percent_display()

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipationSettings(models.Model):
    """How people take part in one plan. Unique by plan; a plan without a row has the defaults.

    ``last_number``: of the plan's newest contribution, from which the next one counts on.
    ``space_rules``: the basic rules of the space for dialogue, shown in public. No personal data.
    """

    plan = models.OneToOneField("plan.ActionPlan", on_delete=models.CASCADE, related_name="participation")
    comments_open = models.BooleanField(_("recibe comentarios"), default=True)
    reviews_first = models.BooleanField(_("revisa antes de publicar"), default=False)
    space_rules = models.TextField(_("reglas básicas del espacio de diálogo"), blank=True)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("ajustes de participación")
        verbose_name_plural = _("ajustes de participación")

    def __str__(self) -> str:
        return f"{self.plan_id}"

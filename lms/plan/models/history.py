from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImmutableChangeError(Exception):
    """Something tried to rewrite or delete the history of a goal."""


class GuardedChanges(models.QuerySet["TrainingGoalChange"]):
    """Rows that are added and then left alone."""

    def update(self, **values: Any) -> int:
        raise ImmutableChangeError

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ImmutableChangeError


class TrainingGoalChange(models.Model):
    """One change of a training goal: who, when, and each changed field before and after. Append-only.

    ``before`` and ``after`` hold the changed fields alone, by name, as plain JSON; a creation has
    all of them and an empty ``before``. Several rows may have the same instant; ``id`` orders them.

    PII: the account that made the change, because a public commitment's target must have an author;
    kept as long as the goal, and emptied when the account is deleted. ``None`` also where a plan
    pack made the change.
    """

    class Kind(models.TextChoices):
        CREATED = "created", _("Creada")
        EDITED = "edited", _("Modificada")
        RETIRED = "retired", _("Retirada")
        RESTORED = "restored", _("Puesta de nuevo en vigencia")

    goal = models.ForeignKey("plan.TrainingGoal", on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("cuándo"))
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    objects = GuardedChanges.as_manager()

    class Meta:
        verbose_name = _("cambio de una meta")
        verbose_name_plural = _("cambios de metas")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.kind} {self.changed_at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise ImmutableChangeError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise ImmutableChangeError

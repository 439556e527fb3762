import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DeltaReading(models.Model):
    """Somebody who had completed a course read what changed in a later release. Unique by both.

    It takes nothing from the completion and adds nothing to it.

    PII: belongs to the completion and goes with it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    completion = models.ForeignKey("progress.Completion", on_delete=models.CASCADE, related_name="deltas")
    release = models.ForeignKey(
        "courses.CourseRelease", on_delete=models.PROTECT, related_name="delta_readings"
    )
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("lectura de lo que cambió")
        verbose_name_plural = _("lecturas de lo que cambió")
        constraints = [models.UniqueConstraint(fields=["completion", "release"], name="delta_read_once")]

    def __str__(self) -> str:
        return f"{self.completion_id} {self.release_id}"

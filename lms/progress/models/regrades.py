import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Regrade(models.Model):
    """A question was graded with a wrong key, and its answers were graded again. A fact of its own.

    Unique by release, question and method. ``release``: whose key is right; ``method`` everybody: the
    question cannot be saved, and all have its point. Results that were told are never lowered.
    ``cursor``: the last attempt looked at.

    PII: ``made_by`` is the trainer; whom it touched is in its lines.
    """

    class Method(models.TextChoices):
        KEY = "key", _("Con la pauta corregida")
        EVERYBODY = "everybody", _("El punto a todas las personas")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="regrades")
    release = models.ForeignKey("courses.CourseRelease", on_delete=models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=60)
    question_key = models.CharField(max_length=60)
    method = models.CharField(max_length=9, choices=Method.choices)
    reason = models.CharField(_("qué estaba mal"), max_length=500)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    cursor = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recorrección")
        verbose_name_plural = _("recorrecciones")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "unit_key", "question_key", "method"], name="regrade_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.question_key}"


class RegradeLine(models.Model):
    """What a regrade changed in one attempt: before and after. Unique by regrade and attempt.

    ``is_applied``: the result changed; where it would have fallen it stays as it was told.

    PII: as the attempt.
    """

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="lines")
    attempt = models.ForeignKey(
        "progress.AssessmentAttempt", on_delete=models.CASCADE, related_name="regrades"
    )
    score_before = models.DecimalField(max_digits=9, decimal_places=8)
    score_after = models.DecimalField(max_digits=9, decimal_places=8)
    points_before = models.DecimalField(max_digits=8, decimal_places=4)
    points_after = models.DecimalField(max_digits=8, decimal_places=4)
    passed_before = models.BooleanField()
    passed_after = models.BooleanField()
    is_applied = models.BooleanField()

    class Meta:
        verbose_name = _("intento recorregido")
        verbose_name_plural = _("intentos recorregidos")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["regrade", "attempt"], name="regrade_line_once")]

    def __str__(self) -> str:
        return f"{self.regrade_id} {self.attempt_id}"

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.progress.models.enrolments import Assurance, LearningContext


class CompletionQuerySet(models.QuerySet["Completion"]):
    def valid_on(self, day: date) -> "CompletionQuerySet":
        """Completions that count on ``day``: reached by then and not expired."""
        return self.reached_on(day).filter(counts=True)

    def reached_on(self, day: date) -> "CompletionQuerySet":
        """Reached by ``day`` and not expired then, whether they count or not."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), completed_on__lte=day)


class Completion(models.Model):
    """One course completed, append-only. One per enrolment.

    ``completed_on`` is the local calendar date. Columns repeated from the enrolment make coverage
    one join. ``counts`` is taken away only by a decision: that the release no longer counts, or
    that this completion was wrong, which then has its ``CompletionVoid``.

    PII: result of a person; kept as long as the training record must be.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.OneToOneField(
        "progress.Enrolment", on_delete=models.CASCADE, related_name="completion"
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="completions")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="completions")
    release = models.ForeignKey("courses.CourseRelease", on_delete=models.PROTECT, related_name="+")
    context = models.CharField(max_length=10, choices=LearningContext.choices)
    completed_at = models.DateTimeField()
    completed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField()
    assurance = models.CharField(max_length=1, choices=Assurance.choices, default=Assurance.A)
    counts = models.BooleanField(default=True)

    objects = CompletionQuerySet.as_manager()

    class Meta:
        verbose_name = _("curso completado")
        verbose_name_plural = _("cursos completados")
        indexes = [models.Index(fields=["course", "context", "person"], name="completion_of_course")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id} {self.completed_on}"

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class LearningContext(models.TextChoices):
    """In which of two lives a person learns; fixed when enrolling. HR sees only the first."""

    EMPLOYEE = "employee", _("En mi trabajo")
    CITIZEN = "citizen", _("Por mi cuenta")


class Assurance(models.TextChoices):
    """How sure we are that a result is true."""

    A = "A", _("Medido por este servidor")
    B = "B", _("Sesión cmi5 con todas las reglas")
    C = "C", _("Declarado por un paquete")
    D = "D", _("Atestiguado por Gestión de Personas")


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def learned_here(self) -> "EnrolmentQuerySet":
        """Those in which one learns on this platform: not those of courses that HR attested."""
        return self.exclude(completion__assurance=Assurance.D)

    def learned_here_first(self) -> "EnrolmentQuerySet":
        """At work first, where one learns before what was attested, then the latest."""
        attested = models.Case(models.When(completion__assurance=Assurance.D, then=1), default=0)
        return self.order_by("-context", attested, "-cycle")


class Enrolment(models.Model):
    """One person in one course, once per context and cycle. Its public id is the xAPI registration.

    ``release`` is the version under which the person started: later ones never change what was
    asked. ``posting`` is the job held then, for an employee.

    PII: links a person to a course; kept as long as the training record must be (HR duty), then
    detached from the person by erasure.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="enrolments")
    release = models.ForeignKey("courses.CourseRelease", on_delete=models.PROTECT, related_name="enrolments")
    context = models.CharField(max_length=10, choices=LearningContext.choices)
    posting = models.ForeignKey(
        "people.Posting", null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolments"
    )
    cycle = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscripción")
        verbose_name_plural = _("inscripciones")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course", "context", "cycle"], name="enrolled_once_per_cycle"
            )
        ]
        indexes = [models.Index(fields=["course", "context", "person"], name="enrolment_of_course")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.course_id} {self.context}"

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_REPORT = 1000


class LessonReport(models.Model):
    """A person says that something in a lesson is wrong. Its trainers read it, without the name.

    ``title`` and ``release``: the lesson as the person read it. ``answer``: what the trainer says of it;
    a person who ``wants_answer`` is told that there is one.

    PII: the person's own words, and the trainer's account. Deleted when the person is erased.
    """

    class Kind(models.TextChoices):
        TYPO = "typo", _("Una falta de ortografía o de redacción")
        OUTDATED = "outdated", _("Una ley o un dato que cambió")
        BROKEN = "broken", _("Algo que no funciona")
        ACCESS = "access", _("Algo que no puedo leer, oír o usar")
        OTHER = "other", _("Otra cosa")

    class State(models.TextChoices):
        NEW = "new", _("Por revisar")
        SOLVED = "solved", _("Corregido")
        DISMISSED = "dismissed", _("No se cambia")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="lesson_reports")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("courses.CourseRelease", on_delete=models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    kind = models.CharField(_("tipo"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("qué está mal"), max_length=LONGEST_REPORT)
    wants_answer = models.BooleanField(_("quiere respuesta"), default=False)
    reported_at = models.DateTimeField()
    state = models.CharField(_("estado"), max_length=9, choices=State.choices, default=State.NEW)
    answer = models.CharField(_("respuesta"), max_length=LONGEST_REPORT, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("error reportado")
        verbose_name_plural = _("errores reportados")
        ordering = ["-reported_at", "-pk"]
        indexes = [
            models.Index(fields=["course", "state", "reported_at"], name="report_of_course"),
            models.Index(fields=["reported_at"], name="report_new", condition=models.Q(state="new")),
            models.Index(fields=["settled_at"], name="report_settled", condition=models.Q(wants_answer=True)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_key} {self.kind}"

    @property
    def is_new(self) -> bool:
        return self.state == self.State.NEW

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.discussions.rules.cohorts import Scope
from lms.discussions.rules.posting import LONGEST_NAME, LONGEST_REASON, is_muted

SCOPE_CHOICES = [
    (Scope.COHORT.value, _("Una conversación por institución, y otra de quienes aprenden por su cuenta")),
    (Scope.EVERYBODY.value, _("Todas las personas del curso")),
]


class CourseDiscussion(models.Model):
    """What a course chose about its conversation. Unique by course; a course without a row has none.

    Switched off, learners see nothing of it and nothing is lost. ``scope`` decides for whom new
    subjects are written; those that exist stay with whom they were written for.
    """

    course = models.OneToOneField("courses.Course", on_delete=models.PROTECT, related_name="discussion")
    is_open = models.BooleanField(default=False)
    scope = models.CharField(max_length=9, choices=SCOPE_CHOICES, default=Scope.COHORT.value)
    approves_first = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("conversación de un curso")
        verbose_name_plural = _("conversaciones de cursos")

    def __str__(self) -> str:
        return f"{self.course_id} {self.is_open}"


class Member(models.Model):
    """A person who accepted the rules of a course's conversation, and how it appears there.

    Unique by discussion and person. ``public_id``: by what those who moderate know it, and nobody
    else. ``mail_replies``: it asked to be told of answers. Muted, it reads and does not write.

    PII: a name that the person chose, a wish, and why it may not write; deleted when it is erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    discussion = models.ForeignKey(CourseDiscussion, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    display_name = models.CharField(max_length=LONGEST_NAME)
    accepted_at = models.DateTimeField()
    mail_replies = models.BooleanField(default=False)
    muted_until = models.DateTimeField(null=True)
    muted_reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        verbose_name = _("participante de una conversación")
        verbose_name_plural = _("participantes de conversaciones")
        constraints = [models.UniqueConstraint(fields=["discussion", "person"], name="member_once")]

    def __str__(self) -> str:
        return self.display_name

    @property
    def merge_rank(self) -> int:
        """Of two records of one person the muted one counts: joining them lifts no measure."""
        return 0 if self.muted_until else 1

    def is_muted_at(self, at: datetime) -> bool:
        return is_muted(muted_until=self.muted_until, at=at)

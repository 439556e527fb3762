from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CourseMemberQuerySet(models.QuerySet["CourseMember"]):
    def valid_at(self, at: datetime) -> "CourseMemberQuerySet":
        """Those who belong to the team at ``at``."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class CourseMember(models.Model):
    """A trainer belongs to the team of a course. Once at most per account and course at a time.

    ``course_code``: the course need not have been published yet. It gives nothing to an account
    without the role of a trainer.

    PII: says what an account may see; kept after its end as proof of who could see what.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="courses")
    course_code = models.CharField(_("curso"), max_length=80, db_index=True)
    since = models.DateTimeField(_("desde"))
    until = models.DateTimeField(_("hasta"), null=True, blank=True)

    objects = CourseMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("integrante del equipo de un curso")
        verbose_name_plural = _("integrantes de los equipos de los cursos")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "course_code"], condition=Q(until__isnull=True), name="course_member_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.course_code}"

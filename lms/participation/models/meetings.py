from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.participation.models.contributions import SECTOR_CHOICES


class DialogueMeeting(models.Model):
    """A meeting of the space for dialogue of a plan. Its day may be still to come.

    ``agreements``: one a line. ``minutes_text`` and ``minutes_url``: the minutes, here or elsewhere.
    No personal data: who came is counted by sector, in :class:`MeetingAttendance`.
    """

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("fecha"))
    title = models.CharField(_("título"), max_length=200)
    is_online = models.BooleanField(_("en línea"), default=False)
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    agenda = models.TextField(_("temario"))
    minutes_text = models.TextField(_("acta"), blank=True)
    minutes_url = models.URLField(_("enlace al acta"), max_length=500, blank=True)
    agreements = models.TextField(_("acuerdos"), blank=True)
    is_published = models.BooleanField(_("publicada"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reunión de diálogo")
        verbose_name_plural = _("reuniones de diálogo")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_online=True) | ~Q(place=""), name="meeting_is_somewhere_or_online"
            )
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.title}"

    @property
    def agreement_list(self) -> list[str]:
        return [line.strip() for line in self.agreements.split("\n") if line.strip()]


class MeetingAttendance(models.Model):
    """How many people of a sector came to a meeting. Unique by meeting and sector. No personal data."""

    meeting = models.ForeignKey(DialogueMeeting, on_delete=models.CASCADE, related_name="attendance")
    sector = models.CharField(max_length=13, choices=SECTOR_CHOICES)
    people = models.PositiveIntegerField(_("personas"))

    class Meta:
        verbose_name = _("asistencia a una reunión")
        verbose_name_plural = _("asistencia a reuniones")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "sector"], name="attendance_once_a_sector")]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.sector} {self.people}"

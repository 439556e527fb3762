from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_NOTE = 10_000


class UnitNote(models.Model):
    """What a person wrote for itself beside a unit. Unique by person, course and unit.

    PII: the person's own words. Nobody else reads them, no statement tells of them; deleted with the
    person.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="unit_notes")
    course = models.ForeignKey("courses.Course", on_delete=models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=60)
    text = models.TextField(_("apunte"), max_length=LONGEST_NOTE)
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("apunte")
        verbose_name_plural = _("apuntes")
        constraints = [models.UniqueConstraint(fields=["person", "course", "unit_key"], name="note_of_unit")]

    def __str__(self) -> str:
        return self.unit_key

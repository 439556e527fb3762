from django.db import models
from django.utils.translation import gettext_lazy as _


class TraceKind(models.TextChoices):
    PEOPLE = "people", _("Personas")
    COMPLETIONS = "completions", _("Cursos completados")


class Trace(models.Model):
    """How one person's data in one institution looked when a program last read it, as a keyed hash.

    The next reading compares: what differs has changed, by whatever way, and ``noted_at`` keeps when
    that was noticed. An empty ``digest``: the person is no longer there. ``noted_by`` and ``run_at``
    name the reading that noticed, to which it need not be told again.
    Unique by kind, institution and person.

    PII: a hash that only this installation can make; deleted with the person.
    """

    kind = models.CharField(max_length=12, choices=TraceKind.choices)
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(
        "api.ApiToken", null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    run_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("huella leída")
        verbose_name_plural = _("huellas leídas")
        constraints = [
            models.UniqueConstraint(fields=["kind", "institution", "person"], name="trace_once_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.institution_id} {self.person_id}"

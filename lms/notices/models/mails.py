import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One e-mail to one person. Unique by person, day and topic: of several notices of a day one is made.

    Whoever adds the row sends it, so that two workers never send the same. ``public_id`` is in the
    Message-ID and in the address to which a bounce comes back. It is ``handed`` from the moment
    before the server is given the text until its answer is written down: found so after a crash,
    nobody knows whether it was sent, and it is not sent again.

    PII: who was written to and when; the address only as a keyed hash, to know which one bounced.
    Deleted with its notices after two years.
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", _("Preparándose")
        HANDED = "handed", _("Enviándose")
        DONE = "done", _("Terminado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    topic = models.CharField(max_length=32)
    state = models.CharField(max_length=8, choices=State.choices, default=State.CLAIMED)
    claim = models.UUIDField(editable=False)
    claimed_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    address_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("correo")
        verbose_name_plural = _("correos")
        constraints = [
            models.UniqueConstraint(fields=["person", "day", "topic"], name="mail_once_per_person_day_topic")
        ]
        indexes = [
            models.Index(fields=["claim"], name="mail_of_claim"),
            models.Index(fields=["handed_at"], name="mail_by_handing"),
            models.Index(
                fields=["claimed_at"],
                name="mail_unfinished",
                condition=models.Q(state__in=["claimed", "handed"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day} {self.topic}"

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementQuerySet(models.QuerySet["Statement"]):
    def by(self, *account_names: str) -> "StatementQuerySet":
        """Statements whose actor is one of these accounts."""
        return self.filter(actor_name__in=account_names)


class Statement(models.Model):
    """One xAPI statement, immutable. Unique by its statement id; ``position`` is the order of storage.

    ``raw`` is the JSON as stored; the other columns repeat parts of it for look-ups.

    PII: the actor is a pseudonym; the bridge to a person is ``people.Pseudonym`` and is what
    erasure removes. Statements themselves are never edited or deleted.
    """

    position = models.BigAutoField(primary_key=True)
    id = models.UUIDField(default=uuid.uuid4, unique=True)
    actor_name = models.CharField(max_length=64)
    verb = models.CharField(max_length=200)
    activity = models.CharField(max_length=500)
    registration = models.UUIDField(null=True, db_index=True)
    timestamp = models.DateTimeField()
    stored = models.DateTimeField(db_index=True)
    raw = models.JSONField()

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("declaración xAPI")
        verbose_name_plural = _("declaraciones xAPI")
        indexes = [
            models.Index(fields=["actor_name", "position"], name="statement_of_actor"),
            models.Index(fields=["activity", "verb"], name="statement_of_activity"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.activity}"

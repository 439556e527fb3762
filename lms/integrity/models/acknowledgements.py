import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Acknowledgement(models.Model):
    """A person declared to know one version of the code. Unique by person and code version.

    PII: a declaration of the person; kept with the training record, detached from the name when
    the person is erased.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="acknowledgements")
    code = models.ForeignKey(
        "integrity.EthicsCode", on_delete=models.PROTECT, related_name="acknowledgements"
    )
    acknowledged_at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaración de conocimiento")
        verbose_name_plural = _("declaraciones de conocimiento")
        constraints = [models.UniqueConstraint(fields=["person", "code"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.code_id}"

    @property
    def merge_rank(self) -> tuple[datetime, uuid.UUID]:
        """Of two records made one, the earlier declaration is the person's."""
        return (self.acknowledged_at, self.public_id)

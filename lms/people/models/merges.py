import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

UNDO_FOR = timedelta(days=30)


class PersonMerge(models.Model):
    """Two records of one human being made one. The row of ``merged`` stays, empty, as a signpost.

    ``moved`` holds the ids of every row that went over, by table, so that it can be undone whole
    (within thirty days; then the lists are emptied). See ``services.merging.Moved``.

    PII: says that two records were one person; kept as long as either record.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="merged_away")
    institution = models.ForeignKey("people.Institution", null=True, on_delete=models.SET_NULL)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("fusión de personas")
        verbose_name_plural = _("fusiones de personas")
        ordering = ["-merged_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"], condition=models.Q(undone_at__isnull=True), name="person_merged_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"

    def can_be_undone(self, at: datetime) -> bool:
        """Whether it is in force, recent, and what it moved is still known."""
        return self.undone_at is None and bool(self.moved) and at < self.merged_at + UNDO_FOR

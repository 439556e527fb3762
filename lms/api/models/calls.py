from django.db import models
from django.utils.translation import gettext_lazy as _


class RememberedCall(models.Model):
    """A POST with an ``Idempotency-Key`` and what it was answered, to be answered alike again.

    Without ``status`` it is still being worked on. Unique by token and key; kept two days.

    PII: none; an answer holds numbers and the texts of errors.
    """

    token = models.ForeignKey("api.ApiToken", on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("llamada recordada")
        verbose_name_plural = _("llamadas recordadas")
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="call_once_per_key")]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"

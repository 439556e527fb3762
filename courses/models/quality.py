import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class QualityOverride(models.Model):
    """Why a page may be published although a rule of the quality report blocks it.

    Unique by page, rule and place; a place names what was found, so that another fault in the same
    block asks for a reason of its own. The history of the page keeps the reason too.

    PII: the account that gave the reason; emptied when the account is deleted.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=60)
    place = models.CharField(max_length=200)
    reason = models.TextField(_("motivo"), max_length=500)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    wagtail_reference_index_ignore = True  # it is no use of the page

    class Meta:
        verbose_name = _("excepción del informe de calidad")
        verbose_name_plural = _("excepciones del informe de calidad")
        constraints = [
            models.UniqueConstraint(fields=["page", "rule", "place"], name="quality_override_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.reason[:80]}"


class LinkCheck(models.Model):
    """What an address answered when it was last asked. Unique by address; never asked: no ``checked_at``.

    ``due_at``: when to ask next. ``status``: of HTTP, where there was an answer.
    """

    class State(models.TextChoices):
        UNKNOWN = "unknown", _("Sin revisar")
        WORKS = "works", _("Responde")
        GONE = "gone", _("Ya no existe")
        FAILS = "fails", _("No responde bien")

    url = models.CharField(max_length=2000)
    url_hash = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNKNOWN)
    status = models.PositiveSmallIntegerField(null=True)
    checked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("enlace revisado")
        verbose_name_plural = _("enlaces revisados")

    def __str__(self) -> str:
        return self.url

    @staticmethod
    def hash_of(url: str) -> str:
        """What an address is found by: databases do not index texts of this length alike."""
        return hashlib.sha256(url.encode()).hexdigest()

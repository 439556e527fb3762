"""Where statements go on to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ForwardTarget(models.Model):
    """Another LRS, and how far it has got: everything up to ``cursor`` was delivered or set aside.

    The record itself is the outbox: it is ordered and nothing is ever deleted from it, so one number
    per target says what is still to go, and moving it back sends again.
    ``secret`` is sealed (``lms.lib.sealing``). With ``own_pseudonyms`` the accounts of our learners get
    names of this target alone, made with ``pseudonym_key``. ``leased_until``: a worker is sending.
    """

    name = models.CharField(_("nombre"), max_length=100, unique=True)
    endpoint = models.URLField(_("dirección"), max_length=500)
    key = models.CharField(_("clave"), max_length=200)
    secret = models.TextField()
    verbs = models.JSONField(_("verbos"), default=list)
    only_ours = models.BooleanField(_("solo lo que dice esta plataforma"), default=True)
    own_pseudonyms = models.BooleanField(_("seudónimos propios de este destino"), default=True)
    pseudonym_key = models.CharField(max_length=64)
    is_active = models.BooleanField(_("activo"), default=True)
    cursor = models.BigIntegerField()
    sent_count = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(default="")
    last_sent_at = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("destino de reenvío")
        verbose_name_plural = _("destinos de reenvío")

    def __str__(self) -> str:
        return self.name


class DeadLetter(models.Model):
    """A statement that a target refused for good, with its reason. Unique by target and statement."""

    target = models.ForeignKey(ForwardTarget, on_delete=models.CASCADE, related_name="dead_letters")
    position = models.BigIntegerField()
    statement_id = models.UUIDField()
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaración no entregada")
        verbose_name_plural = _("declaraciones no entregadas")
        constraints = [models.UniqueConstraint(fields=["target", "position"], name="one_dead_letter")]
        ordering = ["position"]

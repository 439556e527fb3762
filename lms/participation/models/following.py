import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.participation.rules.following import LetterKind, LetterState

LETTER_KIND_CHOICES = [
    (LetterKind.CONFIRM.value, _("Confirmar una dirección")),
    (LetterKind.DIGEST.value, _("Novedades de compromisos")),
    (LetterKind.REPLY.value, _("Respuesta a un aporte")),
]
LETTER_STATE_CHOICES = [
    (LetterState.WAITING.value, _("Por enviar")),
    (LetterState.HANDED.value, _("Enviándose")),
    (LetterState.SENT.value, _("Enviado")),
    (LetterState.UNKNOWN.value, _("No se sabe si llegó")),
    (LetterState.FAILED.value, _("No se pudo enviar")),
    (LetterState.SKIPPED.value, _("No había a quién o qué escribir")),
]


class Follower(models.Model):
    """An address that follows commitments: that of an account, or a typed one. Unique by either.

    ``sealed_address``: encrypted, empty for an account, whose address is read when a letter is written.
    ``address_hash``: a keyed hash by which a typed address is recognised.

    PII: an e-mail address and what its owner is interested in; deleted with the last commitment that it
    follows, after seven days where it was not confirmed, and with the account.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    sealed_address = models.TextField(blank=True)
    address_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001
    language = models.CharField(max_length=10, blank=True)
    soft_failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("seguidor")
        verbose_name_plural = _("seguidores")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, sealed_address="", address_hash__isnull=True)
                | Q(user__isnull=True, address_hash__isnull=False) & ~Q(sealed_address=""),
                name="follower_is_account_or_address",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Following(models.Model):
    """One commitment that an address follows. Unique by follower and commitment.

    Nothing is sent until ``confirmed_at``. ``told_change``, ``told_reply``: the latest ids of the plan's
    history and of official replies that its letters have told, or that were there before it began.

    PII: what somebody is interested in; deleted when its owner stops following.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="followings")
    commitment = models.ForeignKey("plan.Commitment", on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_change = models.BigIntegerField(default=0)
    told_reply = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("seguimiento de un compromiso")
        verbose_name_plural = _("seguimientos de compromisos")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["follower", "commitment"], name="following_once")]

    def __str__(self) -> str:
        return f"{self.follower_id} {self.commitment_id}"


class ConfirmationCount(models.Model):
    """How many confirmations one address was asked for on a day. Unique by both.

    Apart from the letters, which go with their follower: whoever stops and asks again is still counted.

    PII: a keyed hash of the address; deleted the day after.
    """

    address_hash = models.CharField(max_length=64)
    day = models.DateField()
    asked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("confirmaciones pedidas a una dirección")
        verbose_name_plural = _("confirmaciones pedidas a direcciones")
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "day"], name="confirmation_count_of_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.asked}"


class Letter(models.Model):
    """One e-mail of this app, put down before it is sent, and unique so that none is sent twice.

    A digest is unique by follower and day, a confirmation by following and day, that of a reply by reply.
    Handed over when a crash came, nobody knows whether it was sent, and it is not sent again.
    ``change_upto`` and ``reply_upto``: what a digest tells, by id. ``not_before``: the server asked to wait.

    PII: whom we wrote to and when; deleted with the follower, the contribution's account, or after 90 days.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=7, choices=LETTER_KIND_CHOICES)
    state = models.CharField(max_length=7, choices=LETTER_STATE_CHOICES, default=LetterState.WAITING.value)
    day = models.DateField()
    follower = models.ForeignKey(Follower, null=True, on_delete=models.CASCADE, related_name="letters")
    following = models.ForeignKey(Following, null=True, on_delete=models.CASCADE, related_name="letters")
    reply = models.ForeignKey(
        "participation.OfficialReply", null=True, on_delete=models.CASCADE, related_name="letters"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    change_upto = models.BigIntegerField(default=0)
    reply_upto = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("correo de participación")
        verbose_name_plural = _("correos de participación")
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "day"], condition=Q(kind="digest"), name="letter_digest_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["following", "day"], condition=Q(kind="confirm"), name="letter_confirm_once_a_day"
            ),
            models.UniqueConstraint(fields=["reply"], condition=Q(kind="reply"), name="letter_reply_once"),
        ]
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state__in=["waiting", "handed"]), name="letter_unfinished"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.state}"

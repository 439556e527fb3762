from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

TOKEN_PURPOSE = "invitacion"  # noqa: S105 - a label
"""What the tokens of these links are hashed for, so that no other hash of ours equals theirs."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open_at(self, at: datetime) -> "InvitationQuerySet":
        """Invitations that can still be accepted at ``at``, sent or about to be."""
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class Invitation(models.Model):
    """One letter by which a person whom HR loaded makes an account. At most one per person is open.

    The link's token exists only in the e-mail: it is made when the letter is sent, and ``token_hash``
    keeps a keyed hash of it. ``email`` is where the letter went, which whoever opens it has proved.

    PII: the address, and who invited whom; deleted when the person is erased.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="invitations")
    institution = models.ForeignKey("people.Institution", on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(_("correo"))
    token_hash = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitación")
        verbose_name_plural = _("invitaciones")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once_per_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.created_at:%Y-%m-%d}"

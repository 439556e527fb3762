"""Inviting people of the roster, and sending their letters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.module_loading import import_string

from lms.lib.tokens import keyed_hash, new_token
from lms.people.models import Invitation
from lms.people.models.invitations import TOKEN_PURPOSE
from lms.people.policy import Reach
from lms.people.selectors.invitations import list_staff

SEND_TASK = "lms.people.tasks.send_invitation"
VALID_FOR = timedelta(days=14)
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class InvitedCounts:
    """How many people got a letter, and why others did not."""

    invited: int
    without_email: int
    with_account: int


@dataclass(frozen=True)
class Letter:
    """What the e-mail says: to whom, in whose name, and the token, which is nowhere else."""

    email: str
    given_name: str
    institution_name: str
    token: str
    expires_at: datetime


@transaction.atomic
def invite_people(
    *,
    public_ids: Collection[UUID],
    institution_id: int,
    reach: Reach,
    created_by_id: int | None,
    at: datetime,
) -> InvitedCounts:
    """Invite those who work in the institution, within the reach; at most ``MOST_AT_ONCE``.

    A new letter revokes the earlier one. Letters are sent in the background. Seven queries.
    """
    staff = list_staff(institution_id=institution_id, reach=reach, at=at)
    chosen = staff.filter(public_id__in=list(public_ids)[:MOST_AT_ONCE])
    found = list(chosen.select_for_update().order_by("pk"))
    free = [person for person in found if person.user_id is None]
    invited = [person for person in free if person.email]
    Invitation.objects.filter(person__in=invited, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=at
    )
    letters = Invitation.objects.bulk_create(
        Invitation(
            person=person,
            institution_id=institution_id,
            email=person.email,
            created_at=at,
            created_by_id=created_by_id,
            expires_at=at + VALID_FOR,
        )
        for person in invited
    )
    for letter in letters:
        import_string(SEND_TASK).enqueue(letter.pk)
    return InvitedCounts(len(invited), len(free) - len(invited), len(found) - len(free))


@transaction.atomic
def write_letter(*, invitation_id: int, key: str, at: datetime) -> Letter | None:
    """The letter with a new token, whose keyed hash is kept; None where nothing is to be sent any more.

    Written twice, the later letter holds: a task that failed while sending may begin again.
    """
    invitation = (
        Invitation.objects.open_at(at)
        .filter(pk=invitation_id, sent_at__isnull=True)
        .select_for_update(of=("self",))
        .select_related("person", "institution")
        .first()
    )
    if invitation is None:
        return None
    token = new_token()
    invitation.token_hash = keyed_hash(token, purpose=TOKEN_PURPOSE, key=key)
    invitation.save(update_fields=["token_hash"])
    return Letter(
        email=invitation.email,
        given_name=invitation.person.given_names.split(" ")[0],
        institution_name=invitation.institution.name,
        token=token,
        expires_at=invitation.expires_at,
    )


def note_sent(*, invitation_id: int, at: datetime) -> None:
    """The letter is on its way."""
    Invitation.objects.filter(pk=invitation_id).update(sent_at=at)

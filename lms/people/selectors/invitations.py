"""Invitations: what a link opens, and what HR sees of its letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lms.lib.clock import local_date
from lms.lib.tokens import keyed_hash
from lms.people.models import Institution, Invitation, Person, Posting
from lms.people.models.invitations import TOKEN_PURPOSE
from lms.people.policy import Reach
from lms.people.selectors.reach import within


class LinkState(StrEnum):
    OPEN = "open"
    UNKNOWN = "unknown"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True)
class OpenedLink:
    """What a link leads to; only the state where it is not open."""

    state: LinkState
    invitation_id: int = 0
    given_name: str = ""
    family_names: str = ""
    institution_name: str = ""
    email: str = ""
    has_account: bool = False


class LetterState(StrEnum):
    NONE = "none"
    WAITING = "waiting"
    EXPIRED = "expired"
    NO_EMAIL = "no_email"
    HAS_ACCOUNT = "has_account"


@dataclass(frozen=True)
class Letter:
    """How it stands with the letters to one person. Instants are of the latest letter."""

    state: LetterState
    sent_at: datetime | None = None
    expires_at: datetime | None = None

    @property
    def lacks_email(self) -> bool:
        return self.state is LetterState.NO_EMAIL

    @property
    def can_be_sent(self) -> bool:
        return self.state not in (LetterState.NO_EMAIL, LetterState.HAS_ACCOUNT)


def find_link(*, token: str, keys: Sequence[str], at: datetime) -> OpenedLink:
    """What the token opens at ``at``; ``keys``: present and former. One query, two where it opens."""
    hashes = [keyed_hash(token, purpose=TOKEN_PURPOSE, key=key) for key in keys]
    invitation = (
        Invitation.objects.select_related("person", "institution").filter(token_hash__in=hashes).first()
    )
    state = _state_of(invitation, at)
    if invitation is None or state is not LinkState.OPEN:
        return OpenedLink(state)
    return OpenedLink(
        state=state,
        invitation_id=invitation.pk,
        given_name=invitation.person.given_names.split(" ")[0],
        family_names=invitation.person.family_names,
        institution_name=invitation.institution.name,
        email=invitation.email,
        has_account=EmailAddress.objects.filter(email__iexact=invitation.email, verified=True).exists(),
    )


def _state_of(invitation: Invitation | None, at: datetime) -> LinkState:
    if invitation is None:
        return LinkState.UNKNOWN
    if invitation.used_at is not None or invitation.person.user_id is not None:
        return LinkState.USED
    if invitation.revoked_at is not None:
        return LinkState.REVOKED
    if invitation.expires_at <= at:
        return LinkState.EXPIRED
    return LinkState.OPEN


def list_inviting_institutions(*, reach: Reach) -> QuerySet[Institution]:
    """Institutions with people within the reach, by name. One query when read."""
    jobs = Posting.objects.filter(within(reach), institution=OuterRef("pk"))
    return Institution.objects.filter(Exists(jobs)).order_by("name")


def list_staff(*, institution_id: int, reach: Reach, at: datetime) -> QuerySet[Person]:
    """People at work in the institution at ``at``, within the reach. One query when read."""
    jobs = Posting.objects.valid_on(local_date(at)).filter(within(reach), institution_id=institution_id)
    return Person.objects.present().filter(pk__in=jobs.values("person_id"))


def list_without_account(
    *, institution_id: int, reach: Reach, at: datetime, search: str = ""
) -> QuerySet[Person]:
    """Those of the staff who have no account, by name. One query when read.

    Each has ``letter_at`` (made) and ``letter_expires_at`` of the open letter, if there is one. Each
    word of ``search`` must be in the names or the address.
    """
    letters = Invitation.objects.filter(person=OuterRef("pk"), used_at__isnull=True, revoked_at__isnull=True)
    people = list_staff(institution_id=institution_id, reach=reach, at=at).filter(user__isnull=True)
    for word in search.split()[:5]:
        people = people.filter(
            Q(given_names__icontains=word) | Q(family_names__icontains=word) | Q(email__icontains=word)
        )
    return people.annotate(
        letter_at=Subquery(letters.values("created_at")[:1]),
        letter_expires_at=Subquery(letters.values("expires_at")[:1]),
    ).order_by("family_names", "given_names", "pk")


def list_uninvited(*, institution_id: int, reach: Reach, at: datetime) -> QuerySet[Person]:
    """Those of them who have an address and no letter that still opens. One query when read."""
    people = list_without_account(institution_id=institution_id, reach=reach, at=at).exclude(email="")
    return people.filter(Q(letter_expires_at__isnull=True) | Q(letter_expires_at__lte=at))


def letter_of(
    *, person: Person, sent_at: datetime | None, expires_at: datetime | None, at: datetime
) -> Letter:
    """How it stands, from a person and its open letter. No query."""
    if person.user_id is not None:
        return Letter(LetterState.HAS_ACCOUNT)
    if not person.email:
        return Letter(LetterState.NO_EMAIL)
    if expires_at is None:
        return Letter(LetterState.NONE)
    state = LetterState.WAITING if expires_at > at else LetterState.EXPIRED
    return Letter(state, sent_at, expires_at)


def find_letter(*, person: Person, at: datetime) -> Letter:
    """How it stands with the letters to one person. One query."""
    latest = person.invitations.filter(used_at__isnull=True, revoked_at__isnull=True).first()
    return letter_of(
        person=person,
        sent_at=latest.created_at if latest else None,
        expires_at=latest.expires_at if latest else None,
        at=at,
    )

"""Who follows what, and what there is to tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lms.lib.clock import start_of_day
from lms.participation.models import Follower, Following, Letter, OfficialReply
from lms.participation.rules.contributions import State
from lms.participation.rules.following import LetterKind, LetterState, is_time_for_digests
from lms.plan.models import ActionPlan, Commitment, PlanChange

TOLD = (PlanChange.Kind.REPORTED, PlanChange.Kind.REPLANNED)
MOST_LINES = 20


@dataclass(frozen=True)
class News:
    """What happened to one commitment since the follower was told. At most twenty of each, newest first."""

    commitment: Commitment
    changes: Sequence[PlanChange]
    replies: Sequence[OfficialReply]


def list_followers_with_news(*, change_upto: int, reply_upto: int, day: date) -> QuerySet[Follower, int]:
    """Ids of followers whom nobody wrote a digest today, nor is about to. One query when read.

    Accounts without a confirmed address are left out: there is nobody to write to.
    """
    written = Letter.objects.filter(follower=OuterRef("follower"), kind=LetterKind.DIGEST.value)
    unfinished = Q(state__in=(LetterState.WAITING.value, LetterState.HANDED.value))
    todays = Q(day=day) | Q(handed_at__gte=start_of_day(day))
    public = Following.objects.filter(confirmed_at__isnull=False).exclude(
        commitment__plan__status=ActionPlan.Status.DRAFT
    )
    changes = _changes(OuterRef("commitment_id"), OuterRef("told_change"), change_upto)
    replies = _replies(OuterRef("commitment_id"), OuterRef("told_reply"), reply_upto)
    rows = public.filter(Exists(changes) | Exists(replies))
    rows = rows.filter(~Exists(written.filter(unfinished | todays)))
    reached = Q(user__isnull=True) | Exists(_verified().filter(user_id=OuterRef("user_id")))
    found = Follower.objects.filter(reached, pk__in=rows.values("follower_id"))
    return found.order_by("pk").values_list("pk", flat=True)


def read_news(*, follower_id: int, letter: Letter) -> list[News]:
    """What a digest tells, by commitment. One query and two for each commitment that is followed."""
    followings = (
        Following.objects.filter(follower_id=follower_id, confirmed_at__isnull=False)
        .exclude(commitment__plan__status=ActionPlan.Status.DRAFT)
        .select_related("commitment__plan")
        .order_by("commitment__plan_id", "commitment__number")
    )
    news = [
        News(
            following.commitment,
            list(_changes(following.commitment_id, following.told_change, letter.change_upto)[:MOST_LINES]),
            list(_replies(following.commitment_id, following.told_reply, letter.reply_upto)[:MOST_LINES]),
        )
        for following in followings
    ]
    return [found for found in news if found.changes or found.replies]


def list_waiting_letters(*, at: datetime, most: int, most_digests: int) -> list[Letter]:
    """What is due, the oldest first; digests after all others and by day only. Two queries."""
    rows = Letter.objects.filter(state=LetterState.WAITING.value, not_before__lte=at)
    rows = rows.select_related(
        "follower__user", "following__commitment__plan", "reply__contribution__plan", "recipient"
    ).order_by("not_before", "pk")
    letters = list(rows.exclude(kind=LetterKind.DIGEST.value)[:most])
    left = min(most - len(letters), most_digests) if is_time_for_digests(at=at) else 0
    return letters + list(rows.filter(kind=LetterKind.DIGEST.value)[:left])


def count_handed_since(*, since: datetime) -> int:
    """Letters given to a server after ``since``. One query."""
    return Letter.objects.filter(handed_at__gt=since).count()


def find_follower(*, public_id: UUID) -> Follower | None:
    """One query."""
    return Follower.objects.select_related("user").filter(public_id=public_id).first()


def list_followings(*, follower_id: int) -> list[Following]:
    """What an address follows, with commitments and plans. One query."""
    rows = Following.objects.filter(follower_id=follower_id, confirmed_at__isnull=False)
    return list(rows.select_related("commitment__plan").order_by("commitment__plan_id", "commitment__number"))


def find_own_following(*, user_id: int, commitment_id: int) -> Following | None:
    """Whether the account follows the commitment. One query."""
    rows = Following.objects.filter(follower__user_id=user_id, commitment_id=commitment_id)
    return rows.filter(confirmed_at__isnull=False).first()


def find_verified_address(*, user_id: int) -> str:
    """The confirmed address of an active account, or nothing. One query."""
    return _verified().filter(user_id=user_id).values_list("email", flat=True).first() or ""


def find_account(*, address: str) -> int | None:
    """The active account that confirmed this address as its own, by id. One query."""
    return _verified().filter(email__iexact=address).values_list("user_id", flat=True).first()


def _verified() -> QuerySet[EmailAddress]:
    rows: QuerySet[EmailAddress] = EmailAddress.objects.filter(
        user__is_active=True, verified=True, primary=True
    )
    return rows


def _changes(commitment: Any, told: Any, upto: int) -> QuerySet[PlanChange]:
    return PlanChange.objects.filter(
        commitment_id=commitment, kind__in=TOLD, pk__gt=told, pk__lte=upto, from_pack=False
    )


def _replies(commitment: Any, told: Any, upto: int) -> QuerySet[OfficialReply]:
    """Of each contribution the reply that counts."""
    rows = OfficialReply.objects.filter(
        contribution__commitment_id=commitment,
        contribution__state=State.SHOWN.value,
        contribution__latest_reply=F("pk"),
        pk__gt=told,
        pk__lte=upto,
    )
    found: QuerySet[OfficialReply] = rows.select_related("contribution__plan").order_by("-pk")
    return found

"""Following a commitment by e-mail: asked for, confirmed, stopped, forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from lms.lib.clock import local_date
from lms.lib.sealing import seal_undated
from lms.lib.tokens import keyed_hash
from lms.participation.models import Follower, Following, Letter, OfficialReply
from lms.participation.rules.following import CONFIRM_WITHIN, MOST_ASKED, LetterKind
from lms.plan.models import PlanChange

PURPOSE = "seguir un compromiso"


@transaction.atomic
def ask_to_follow(
    *, commitment_id: int, address: str, language: str, keys: Sequence[str], at: datetime
) -> None:
    """Puts down the letter that asks the address whether it wants this; nothing where it follows already.

    The same happens to see for whoever asks, whatever is known of the address. ``keys``: present and
    former secret keys.
    """
    follower = _find_or_add(address.strip().lower(), language, keys, at)
    day = local_date(at)
    asked = Letter.objects.filter(follower=follower, kind=LetterKind.CONFIRM.value, day=day)
    if asked.count() >= MOST_ASKED:
        return
    following, _is_new = Following.objects.get_or_create(
        follower=follower, commitment_id=commitment_id, defaults={"asked_at": at}
    )
    if following.confirmed_at:
        return
    following.asked_at = at
    following.save(update_fields=["asked_at"])
    Letter.objects.get_or_create(
        kind=LetterKind.CONFIRM.value,
        following=following,
        day=day,
        defaults={"follower": follower, "not_before": at},
    )


@transaction.atomic
def follow_with_account(*, user_id: int, commitment_id: int, language: str, at: datetime) -> bool:
    """One click, for an account whose address was confirmed. False where it follows already."""
    follower, _is_new = Follower.objects.get_or_create(
        user_id=user_id, defaults={"created_at": at, "language": language}
    )
    following, is_new = Following.objects.get_or_create(
        follower=follower, commitment_id=commitment_id, defaults={"asked_at": at}
    )
    if is_new:
        _begin(following, at)
    return is_new


@transaction.atomic
def confirm_following(*, public_id: UUID, at: datetime) -> Following | None:
    """Begins to tell from now on; twice is once. ``None``: it was forgotten, or never asked for."""
    rows = Following.objects.select_for_update(of=("self",)).select_related("commitment__plan", "follower")
    following = rows.filter(public_id=public_id).first()
    if following is not None and following.confirmed_at is None:
        _begin(following, at)
    return following


@transaction.atomic
def stop_following(*, follower_id: int, commitment_ids: Collection[int] | None = None) -> int:
    """Forgets these commitments, or all; with the last one the address goes too. How many it followed."""
    rows = Following.objects.filter(follower_id=follower_id)
    if commitment_ids is not None:
        rows = rows.filter(commitment_id__in=commitment_ids)
    count = rows.count()
    rows.delete()
    _forget_idle(Follower.objects.filter(pk=follower_id).values_list("pk", flat=True))
    return count


@transaction.atomic
def forget_unconfirmed(*, at: datetime) -> int:
    """Deletes what nobody confirmed within seven days, and addresses that then follow nothing; how many."""
    rows = Following.objects.filter(confirmed_at__isnull=True, asked_at__lt=at - CONFIRM_WITHIN)
    followers = list(rows.values_list("follower_id", flat=True))
    count = rows.count()
    rows.delete()
    _forget_idle(followers)
    return count


def _forget_idle(follower_ids: Collection[int]) -> None:
    Follower.objects.filter(pk__in=list(follower_ids), followings__isnull=True).delete()


def _begin(following: Following, at: datetime) -> None:
    """From here on: what was there before is not told."""
    following.confirmed_at = at
    following.told_change = PlanChange.objects.aggregate(last=Max("pk"))["last"] or 0
    following.told_reply = OfficialReply.objects.aggregate(last=Max("pk"))["last"] or 0
    following.save(update_fields=["confirmed_at", "told_change", "told_reply"])


def _find_or_add(address: str, language: str, keys: Sequence[str], at: datetime) -> Follower:
    hashes = [keyed_hash(address, purpose=PURPOSE, key=key) for key in keys]
    found = Follower.objects.filter(address_hash__in=hashes).first()
    if found is not None:
        return found
    follower, _is_new = Follower.objects.get_or_create(
        address_hash=hashes[0],
        defaults={
            "sealed_address": seal_undated(address, purpose=PURPOSE, key=keys[0]),
            "language": language,
            "created_at": at,
        },
    )
    return follower

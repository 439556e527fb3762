"""Following a commitment by e-mail: asked for, confirmed, stopped, forgotten."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from lms.lib.clock import local_date
from lms.lib.sealing import seal_undated
from lms.lib.tokens import keyed_hash
from lms.participation.models import ConfirmationCount, Follower, Following, Letter, OfficialReply
from lms.participation.rules.following import CONFIRM_WITHIN, MOST_ASKED, LetterKind, normalise_address
from lms.participation.selectors.following import find_account, find_verified_address
from lms.plan.models import PlanChange

PURPOSE = "seguir un compromiso"


@transaction.atomic
def ask_to_follow(
    *, commitment_id: int, address: str, language: str, keys: Sequence[str], at: datetime
) -> None:
    """Puts down the letter that asks the address whether it wants this; nothing where it follows already.

    The same happens to see for whoever asks, whatever is known of the address. ``keys``: present and
    former secret keys. Requests for one address wait for each other.
    """
    address, day = normalise_address(address), local_date(at)
    count = _lock_count(keyed_hash(address, purpose=PURPOSE, key=keys[0]), day)
    if count.asked >= MOST_ASKED:
        return
    typed, user_id = _find_typed(address, keys), find_account(address=address)
    if _is_followed(typed, user_id, commitment_id):
        return
    if user_id is None:
        follower = typed or _add_typed(address, language, keys[0], at)
    else:
        follower = _of_account(user_id, typed, language, at)
    following, _is_new = Following.objects.update_or_create(
        follower=follower, commitment_id=commitment_id, defaults={"asked_at": at}
    )
    _letter, is_new = Letter.objects.get_or_create(
        kind=LetterKind.CONFIRM.value,
        following=following,
        day=day,
        defaults={"follower": follower, "not_before": at},
    )
    count.asked += is_new
    count.save(update_fields=["asked"])


@transaction.atomic
def follow_with_account(
    *, user_id: int, commitment_id: int, language: str, keys: Sequence[str], at: datetime
) -> bool:
    """One click, for an account whose address was confirmed. False where it follows already.

    What the same address followed without the account, it goes on following with it.
    """
    typed = _find_typed(normalise_address(find_verified_address(user_id=user_id)), keys)
    if _is_followed(None, user_id, commitment_id):
        return False
    follower = _of_account(user_id, typed, language, at)
    if typed is not None and typed != follower:
        _move_followings(typed, follower)
    following, _is_new = Following.objects.get_or_create(
        follower=follower, commitment_id=commitment_id, defaults={"asked_at": at}
    )
    if following.confirmed_at:
        return False
    _begin(following, at)
    return True


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
    # Whoever asks for the same address meanwhile waits, and finds it as this leaves it.
    Follower.objects.select_for_update(of=("self",)).filter(pk=follower_id).first()
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
    ConfirmationCount.objects.filter(day__lt=local_date(at)).delete()
    return count


def _forget_idle(follower_ids: Collection[int]) -> None:
    Follower.objects.filter(pk__in=list(follower_ids), followings__isnull=True).delete()


def _begin(following: Following, at: datetime) -> None:
    """From here on: what was there before is not told."""
    following.confirmed_at = at
    following.told_change = PlanChange.objects.aggregate(last=Max("pk"))["last"] or 0
    following.told_reply = OfficialReply.objects.aggregate(last=Max("pk"))["last"] or 0
    following.save(update_fields=["confirmed_at", "told_change", "told_reply"])


def _lock_count(address_hash: str, day: date) -> ConfirmationCount:
    ConfirmationCount.objects.get_or_create(address_hash=address_hash, day=day)
    return ConfirmationCount.objects.select_for_update().get(address_hash=address_hash, day=day)


def _is_followed(typed: Follower | None, user_id: int | None, commitment_id: int) -> bool:
    """By the address as it was typed, or by its account."""
    rows = Following.objects.filter(commitment_id=commitment_id, confirmed_at__isnull=False)
    either = Q(follower=typed) if typed else Q()
    if user_id is not None:
        either |= Q(follower__user_id=user_id)
    return bool(either) and rows.filter(either).exists()


def _find_typed(address: str, keys: Sequence[str]) -> Follower | None:
    hashes = [keyed_hash(address, purpose=PURPOSE, key=key) for key in keys]
    return Follower.objects.select_for_update(of=("self",)).filter(address_hash__in=hashes).first()


def _add_typed(address: str, language: str, key: str, at: datetime) -> Follower:
    follower, _is_new = Follower.objects.get_or_create(
        address_hash=keyed_hash(address, purpose=PURPOSE, key=key),
        defaults={
            "sealed_address": seal_undated(address, purpose=PURPOSE, key=key),
            "language": language,
            "created_at": at,
        },
    )
    return follower


def _move_followings(typed: Follower, follower: Follower) -> None:
    """One address is one follower: what it followed goes over as it was, and the typed row goes."""
    known = Following.objects.filter(follower=follower).values("commitment_id")
    Following.objects.filter(follower=typed).exclude(commitment_id__in=known).update(follower=follower)
    stop_following(follower_id=typed.pk)


def _of_account(user_id: int, typed: Follower | None, language: str, at: datetime) -> Follower:
    """The account's own; where its address was typed before, that row becomes it, and its links go on."""
    own = Follower.objects.filter(user_id=user_id).first()
    if own is not None or typed is None:
        return (
            own
            or Follower.objects.get_or_create(
                user_id=user_id, defaults={"created_at": at, "language": language}
            )[0]
        )
    typed.user_id, typed.sealed_address, typed.address_hash = user_id, "", None
    typed.save(update_fields=["user", "sealed_address", "address_hash"])
    return typed

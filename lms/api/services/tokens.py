"""Tokens: made, revoked, and the day of their last use."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lms.api.access import ScopeNotHeldError, pick_grant, reach_of_token
from lms.api.keys import hash_secret, new_secret
from lms.api.models import ApiToken, Scope
from lms.people.models import Institution
from lms.people.policy import Viewer
from lms.people.selectors.places import institution_parents

LONGEST = timedelta(days=366)


class TokenTermError(ValueError):
    """It would end before it begins, or last more than a year."""


@dataclass(frozen=True)
class Issued:
    """A token and its secret, which is shown once and kept nowhere."""

    token: ApiToken
    secret: str


def issue_token(
    *,
    viewer: Viewer,
    name: str,
    scopes: Collection[str],
    institution: Institution | None,
    with_dependents: bool,
    expires_at: datetime,
    key: str,
    at: datetime,
) -> Issued:
    """A token for a program, within what its creator may do. Two queries.

    Args:
        key: the installation's secret key.

    Raises:
        ScopeNotHeldError: no role of the creator allows all this there.
        TokenTermError: see there.
    """
    if not at < expires_at <= at + LONGEST:
        raise TokenTermError
    if not scopes or not set(scopes) <= set(Scope.values):
        raise ScopeNotHeldError
    institution_id = institution.pk if institution else None
    reach = reach_of_token(
        institution_id=institution_id, with_dependents=with_dependents, parent_of=institution_parents()
    )
    grant = pick_grant(viewer=viewer, scopes=scopes, reach=reach)
    secret = new_secret()
    token = ApiToken.objects.create(
        name=name.strip(),
        secret_hash=hash_secret(secret, key=key),
        scopes=sorted(set(scopes)),
        institution=institution,
        with_dependents=with_dependents and institution is not None,
        assignment_id=grant.assignment_id,
        created_by_id=viewer.user_id,
        created_at=at,
        expires_at=expires_at,
    )
    return Issued(token, secret)


def revoke_token(*, token_id: int, at: datetime) -> bool:
    """It stops working at once; False when it had been revoked before."""
    return bool(ApiToken.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at))


def note_use(*, token_id: int, day: date) -> None:
    """Keep the day of the last use."""
    ApiToken.objects.filter(pk=token_id).update(last_used_on=day)

"""What a token may be given, and where it reaches: never more than its creator."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lms.api.models import Scope
from lms.people.policy import WHO_MAY, Action, Grant, Reach, Viewer
from lms.people.rules import below

_OPERATORS = WHO_MAY[Action.OPERATE_PLATFORM]
WHO_GIVES: dict[str, frozenset[str]] = {
    Scope.PLACES_READ: WHO_MAY[Action.EXPORT_PEOPLE] | _OPERATORS,
    Scope.PEOPLE_READ: WHO_MAY[Action.EXPORT_PEOPLE],
    Scope.TRAINING_READ: WHO_MAY[Action.EXPORT_PEOPLE],
    Scope.REPORTS_READ: WHO_MAY[Action.EXPORT_PEOPLE] | _OPERATORS,
    Scope.ROSTERS_WRITE: WHO_MAY[Action.IMPORT_ROSTER] | _OPERATORS,
}
"""By which roles a token may have each scope. Who operates the platform sees no people: nor do its tokens."""

ParentOf = Mapping[int, int | None]


class ScopeNotHeldError(Exception):
    """The creator's role does not allow one of the scopes there."""


@dataclass(frozen=True)
class Caller:
    """A program at the door: its token, what it may do and where. ``grant`` is the one it rests on."""

    token_id: int
    name: str
    user_id: int | None
    institution_id: int | None
    scopes: frozenset[str]
    reach: Reach
    grant: Grant

    @property
    def viewer(self) -> Viewer:
        """Whom the access log names: whoever let the program in."""
        return Viewer(user_id=self.user_id)

    def covers(self, institution_id: int) -> bool:
        return self.reach.everywhere or institution_id in self.reach.institution_ids


def scopes_of_role(*, role: str, scopes: Iterable[str]) -> frozenset[str]:
    """Which of the scopes the role suffices for."""
    return frozenset(scope for scope in scopes if role in WHO_GIVES.get(scope, ()))


def reach_of_token(*, institution_id: int | None, with_dependents: bool, parent_of: ParentOf) -> Reach:
    """Where a token with these fields would reach."""
    if institution_id is None:
        return Reach(everywhere=True)
    places = below(roots=[institution_id], parent_of=parent_of) if with_dependents else {institution_id}
    return Reach(institution_ids=frozenset(places))


def grant_covers(*, grant: Grant, reach: Reach) -> bool:
    """Whether the grant reaches everywhere that the token would. A grant of single units never does."""
    if grant.unit_ids is not None:
        return False
    if reach.everywhere:
        return grant.institution_id is None
    return all(grant.covers(place) for place in reach.institution_ids)


def pick_grant(*, viewer: Viewer, scopes: Collection[str], reach: Reach) -> Grant:
    """The one grant of the viewer by which such a token may be made.

    Raises:
        ScopeNotHeldError: there is none.
    """
    for grant in viewer.grants:
        allows = scopes_of_role(role=grant.role, scopes=scopes) == frozenset(scopes)
        if allows and grant_covers(grant=grant, reach=reach):
            return grant
    raise ScopeNotHeldError


def scopes_within(*, viewer: Viewer) -> list[Scope]:
    """The scopes that the viewer may give somewhere, in the order of the form."""
    return [scope for scope in Scope if any(_may_give(grant, scope) for grant in viewer.grants)]


def _may_give(grant: Grant, scope: str) -> bool:
    return grant.unit_ids is None and bool(scopes_of_role(role=grant.role, scopes=[scope]))


def administers_tokens(*, viewer: Viewer) -> bool:
    """Whether the viewer may make tokens at all."""
    return bool(scopes_within(viewer=viewer))

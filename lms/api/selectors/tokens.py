"""Recognising a program, and the tokens that somebody may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lms.api.access import Caller, ParentOf, reach_of_token, scopes_of_role
from lms.api.keys import hash_secret
from lms.api.models import ApiToken
from lms.people.models import Role, RoleAssignment
from lms.people.policy import Action, Grant, Reach, Viewer, has_any, institution_ids_for
from lms.people.rules import below
from lms.people.selectors.places import institution_parents


@dataclass(frozen=True)
class Found:
    """A program that may come in, and the day on which it last did."""

    caller: Caller
    last_used_on: date | None


def find_caller(*, secret: str, keys: Sequence[str], at: datetime) -> Found | None:
    """The program with this secret; None where there is none, or its token or its role has ended.

    One query; one more for a token or a role that reaches dependent institutions. The secret is
    looked up by its keyed hash, of which nobody can choose a character: time tells nothing.

    Args:
        keys: the installation's secret key, then older ones still accepted.
    """
    token = (
        ApiToken.objects.filter(
            secret_hash__in=[hash_secret(secret, key=key) for key in keys],
            revoked_at=None,
            expires_at__gt=at,
            created_by__is_active=True,
        )
        .annotate(role_holds=_role_holds(at))
        .select_related("assignment", "created_by")
        .first()
    )
    caller = _caller(token) if token else None
    return Found(caller, token.last_used_on) if token and caller else None


def _caller(token: ApiToken) -> Caller | None:
    role = token.assignment
    if role is None:
        if token.created_by is None or not token.created_by.is_superuser:
            return None
    elif not token.role_holds or role.unit_id is not None:  # type: ignore[attr-defined]
        return None
    needs_tree = token.with_dependents or (role is not None and role.with_dependents)
    tree: ParentOf = institution_parents() if needs_tree else {}
    grant = _grant(role, tree)
    reach = _narrowed(
        reach_of_token(
            institution_id=token.institution_id, with_dependents=token.with_dependents, parent_of=tree
        ),
        grant,
    )
    scopes = honoured_scopes(token)
    if not (scopes and reach):
        return None
    return Caller(
        token_id=token.pk,
        name=token.name,
        user_id=token.created_by_id,
        institution_id=token.institution_id,
        scopes=scopes,
        reach=reach,
        grant=grant,
    )


def _grant(role: RoleAssignment | None, tree: ParentOf) -> Grant:
    if role is None:
        return Grant(Role.ADMINISTRATOR, None)  # of a superuser
    place = role.institution_id
    below_it = below(roots=[place], parent_of=tree) if place and role.with_dependents else frozenset()
    return Grant(role.role, place, dependents=below_it, assignment_id=role.pk)


def honoured_scopes(token: ApiToken) -> frozenset[str]:
    """What the token may still do: of its scopes, those for which the role behind it suffices. No query."""
    role = token.assignment.role if token.assignment else Role.ADMINISTRATOR
    return scopes_of_role(role=role, scopes=token.scopes)


def _narrowed(reach: Reach, grant: Grant) -> Reach:
    """What of the token's reach the grant still covers."""
    if reach.everywhere:
        return reach if grant.institution_id is None else Reach()
    return Reach(institution_ids=frozenset(place for place in reach.institution_ids if grant.covers(place)))


def _role_holds(at: datetime) -> Exists:
    roles = RoleAssignment.objects.valid_at(at)
    return Exists(roles.filter(pk=OuterRef("assignment_id"), user_id=OuterRef("created_by_id")))


def list_tokens(*, viewer: Viewer, at: datetime) -> QuerySet[ApiToken]:
    """The tokens that the viewer may see and revoke: in force first, the newest first. One query.

    Those of institutions whose people the viewer may export; all of them for whoever operates the
    platform. ``role_holds`` says whether the role on which each rests is in force.
    """
    rows = ApiToken.objects.select_related("institution", "created_by", "assignment")
    rows = rows.annotate(role_holds=_role_holds(at))
    rows = rows.order_by(F("revoked_at").desc(nulls_first=True), "-created_at", "-pk")
    if has_any(viewer=viewer, action=Action.OPERATE_PLATFORM):
        return rows
    places = institution_ids_for(viewer=viewer, action=Action.EXPORT_PEOPLE)
    return rows if places is None else rows.filter(institution_id__in=places)


def has_stopped(token: ApiToken) -> bool:
    """Whether whoever made it no longer may; of a row of :func:`list_tokens`. No query."""
    maker = token.created_by
    if maker is None or not maker.is_active or not honoured_scopes(token):
        return True
    return not (token.role_holds if token.assignment_id else maker.is_superuser)  # type: ignore[attr-defined]


def is_name_taken(*, name: str, institution_id: int | None, at: datetime) -> bool:
    """True while a token in force there has this name, whatever the case. One query."""
    place = Q(institution_id=institution_id) if institution_id else Q(institution=None)
    rows = ApiToken.objects.filter(place, name__iexact=name)
    return rows.filter(revoked_at=None, expires_at__gt=at).exists()

"""Who may see and do what for whom: the one module that decides. Pure; every screen asks it.

A rule is a row of ``WHO_MAY``. A grant covers its institution; one without institution covers all.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lms.people.models.roles import Role


class Action(StrEnum):
    SEE_PEOPLE = "see_people"
    EXPORT_PEOPLE = "export_people"
    IMPORT_ROSTER = "import_roster"
    EDIT_ETHICS_CODE = "edit_ethics_code"
    AUTHOR_COURSES = "author_courses"
    EDIT_PLAN = "edit_plan"
    REVOKE_CERTIFICATE = "revoke_certificate"
    OPERATE_PLATFORM = "operate_platform"


WHO_MAY: dict[Action, frozenset[str]] = {
    Action.SEE_PEOPLE: frozenset({Role.HR, Role.AUDITOR}),
    Action.EXPORT_PEOPLE: frozenset({Role.HR, Role.AUDITOR}),
    Action.IMPORT_ROSTER: frozenset({Role.HR}),
    Action.EDIT_ETHICS_CODE: frozenset({Role.INTEGRITY_COORDINATOR}),
    Action.AUTHOR_COURSES: frozenset({Role.TRAINER, Role.ADMINISTRATOR}),
    Action.EDIT_PLAN: frozenset({Role.PLAN_OWNER, Role.ADMINISTRATOR}),
    Action.REVOKE_CERTIFICATE: frozenset({Role.HR, Role.ADMINISTRATOR}),
    Action.OPERATE_PLATFORM: frozenset({Role.ADMINISTRATOR}),
}


class NotAllowedError(Exception):
    """The viewer has no grant for this. Screens answer 404, so that nothing is confirmed."""


@dataclass(frozen=True)
class Grant:
    """One role in force, in one institution (``institution_id``) or everywhere (``None``)."""

    role: str
    institution_id: int | None
    institution_name: str = ""
    institution_code: str = ""

    def covers(self, institution_id: int | None) -> bool:
        return self.institution_id is None or self.institution_id == institution_id


@dataclass(frozen=True)
class Viewer:
    """Who is looking, as every rule and the page frame need it. An anonymous one has no ids."""

    user_id: int | None = None
    person_id: int | None = None
    person_public_id: UUID | None = None
    person_name: str = ""
    institution_id: int | None = None
    institution_name: str = ""
    posting_id: int | None = None
    grants: tuple[Grant, ...] = field(default=())

    @property
    def is_authenticated(self) -> bool:
        return self.user_id is not None

    @property
    def is_staff(self) -> bool:
        """Holds any role: such an account needs a second factor."""
        return bool(self.grants)

    @property
    def is_hr(self) -> bool:
        return has_any(viewer=self, action=Action.SEE_PEOPLE)

    @property
    def is_integrity_coordinator(self) -> bool:
        return has_any(viewer=self, action=Action.EDIT_ETHICS_CODE)

    @property
    def can_import(self) -> bool:
        return has_any(viewer=self, action=Action.IMPORT_ROSTER)

    @property
    def can_revoke(self) -> bool:
        return has_any(viewer=self, action=Action.REVOKE_CERTIFICATE)

    @property
    def is_administrator(self) -> bool:
        return has_any(viewer=self, action=Action.OPERATE_PLATFORM)

    @property
    def can_author(self) -> bool:
        return has_any(viewer=self, action=Action.AUTHOR_COURSES)

    @property
    def is_plan_owner(self) -> bool:
        return has_any(viewer=self, action=Action.EDIT_PLAN)


ANONYMOUS = Viewer()


def grants_for(*, viewer: Viewer, action: Action) -> tuple[Grant, ...]:
    """The viewer's grants that allow ``action``, wherever they reach."""
    return tuple(grant for grant in viewer.grants if grant.role in WHO_MAY[action])


def has_any(*, viewer: Viewer, action: Action) -> bool:
    """True when the viewer may do ``action`` somewhere."""
    return bool(grants_for(viewer=viewer, action=action))


def require(*, viewer: Viewer, action: Action, institution_id: int | None = None) -> Grant:
    """The grant that allows ``action`` in the institution; ``None`` asks for one that covers all.

    Raises:
        NotAllowedError: there is none.
    """
    for grant in grants_for(viewer=viewer, action=action):
        if grant.covers(institution_id):
            return grant
    raise NotAllowedError(action)


def require_any(*, viewer: Viewer, action: Action) -> Grant:
    """The first grant that allows ``action`` anywhere.

    Raises:
        NotAllowedError: there is none.
    """
    grants = grants_for(viewer=viewer, action=action)
    if not grants:
        raise NotAllowedError(action)
    return grants[0]


def institution_ids_for(*, viewer: Viewer, action: Action) -> frozenset[int] | None:
    """Institutions in which the viewer may do ``action``; ``None`` means all of them."""
    grants = grants_for(viewer=viewer, action=action)
    if any(grant.institution_id is None for grant in grants):
        return None
    return frozenset(grant.institution_id for grant in grants if grant.institution_id is not None)


def may_see_person_record(*, viewer: Viewer, person_id: int, institution_ids: frozenset[int]) -> bool:
    """Own record always; another's when a grant covers one of the institutions of its postings."""
    if viewer.person_id == person_id:
        return True
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_PEOPLE)
    if not has_any(viewer=viewer, action=Action.SEE_PEOPLE):
        return False
    return allowed is None or bool(allowed & institution_ids)

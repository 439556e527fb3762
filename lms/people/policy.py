"""Who may see and do what for whom: the one module that decides. Pure; every screen asks it.

A rule is a row of ``WHO_MAY``. A grant reaches everywhere, into an institution (and those that
depend on it, where it says so), or only into a unit and the units below it.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from lms.people.models.roles import Role


class Action(StrEnum):
    SEE_PEOPLE = "see_people"
    EXPORT_PEOPLE = "export_people"
    IMPORT_ROSTER = "import_roster"
    MANAGE_PEOPLE = "manage_people"
    INVITE_PEOPLE = "invite_people"
    MANAGE_TRAINING = "manage_training"
    REMIND_PEOPLE = "remind_people"
    SEE_REPORTS = "see_reports"
    MANAGE_REPORTS = "manage_reports"
    EDIT_ETHICS_CODE = "edit_ethics_code"
    SEE_SLOTS = "see_slots"
    AUTHOR_COURSES = "author_courses"
    REVIEW_COURSES = "review_courses"
    EDIT_PLAN = "edit_plan"
    REPORT_PROGRESS = "report_progress"
    ANSWER_DIAGNOSTICS = "answer_diagnostics"
    REVOKE_CERTIFICATE = "revoke_certificate"
    CORRECT_RECORD = "correct_record"
    READ_QUESTIONS = "read_questions"
    OPERATE_PLATFORM = "operate_platform"


WHO_MAY: dict[Action, frozenset[str]] = {
    Action.SEE_PEOPLE: frozenset({Role.HR, Role.TEAM_LEAD, Role.AUDITOR}),
    Action.EXPORT_PEOPLE: frozenset({Role.HR, Role.AUDITOR}),
    Action.IMPORT_ROSTER: frozenset({Role.HR}),
    Action.MANAGE_PEOPLE: frozenset({Role.HR}),
    Action.INVITE_PEOPLE: frozenset({Role.HR}),
    Action.MANAGE_TRAINING: frozenset({Role.HR}),
    Action.REMIND_PEOPLE: frozenset({Role.HR, Role.TEAM_LEAD}),
    Action.SEE_REPORTS: frozenset({Role.HR, Role.AUDITOR}),
    Action.MANAGE_REPORTS: frozenset({Role.HR}),
    Action.EDIT_ETHICS_CODE: frozenset({Role.INTEGRITY_COORDINATOR}),
    Action.SEE_SLOTS: frozenset(
        {Role.INTEGRITY_COORDINATOR, Role.PLAN_OWNER, Role.AUDITOR, Role.ADMINISTRATOR}
    ),
    Action.AUTHOR_COURSES: frozenset({Role.TRAINER, Role.ADMINISTRATOR}),
    Action.REVIEW_COURSES: frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
    Action.EDIT_PLAN: frozenset({Role.PLAN_OWNER, Role.ADMINISTRATOR}),
    Action.REPORT_PROGRESS: frozenset({Role.PLAN_REPORTER}),
    Action.ANSWER_DIAGNOSTICS: frozenset({Role.INTEGRITY_COORDINATOR, Role.PLAN_OWNER, Role.PLAN_REPORTER}),
    Action.REVOKE_CERTIFICATE: frozenset({Role.HR, Role.ADMINISTRATOR}),
    Action.CORRECT_RECORD: frozenset({Role.HR}),
    Action.READ_QUESTIONS: frozenset({Role.HR, Role.AUDITOR}),
    Action.OPERATE_PLATFORM: frozenset({Role.ADMINISTRATOR}),
}


class NotAllowedError(Exception):
    """The viewer has no grant for this. Screens answer 404, so that nothing is confirmed."""


@dataclass(frozen=True)
class Grant:
    """One role in force and how far it reaches.

    ``institution_id`` None: everywhere. ``dependents``: further institutions, below that one.
    ``unit_ids`` not None: nothing of the institution but these units.
    """

    role: str
    institution_id: int | None
    institution_name: str = ""
    institution_code: str = ""
    dependents: frozenset[int] = frozenset()
    unit_ids: frozenset[int] | None = None
    unit_name: str = ""
    assignment_id: int | None = None

    def covers(self, institution_id: int | None, unit_id: int | None = None) -> bool:
        """Whether the grant reaches the place; without ``unit_id`` the whole institution is meant."""
        if self.unit_ids is not None:
            return unit_id in self.unit_ids
        if self.institution_id is None:
            return True
        return institution_id == self.institution_id or institution_id in self.dependents


@dataclass(frozen=True)
class Reach:
    """Where a viewer may do something: everywhere, in institutions, in single units. All False: nowhere."""

    everywhere: bool = False
    institution_ids: frozenset[int] = frozenset()
    unit_ids: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.institution_ids or self.unit_ids)

    def covers(self, institution_id: int, unit_id: int) -> bool:
        return self.everywhere or institution_id in self.institution_ids or unit_id in self.unit_ids


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
    course_codes: frozenset[str] = frozenset()
    """Courses to whose team the account belongs."""

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
    def leads_institution(self) -> bool:
        """Sees all the people of an institution, not only those of a unit."""
        reach = reach_of(viewer=self, action=Action.SEE_PEOPLE)
        return reach.everywhere or bool(reach.institution_ids)

    @property
    def reaches_several(self) -> bool:
        """Sees all the people of more than one institution."""
        reach = reach_of(viewer=self, action=Action.SEE_PEOPLE)
        return reach.everywhere or len(reach.institution_ids) > 1

    @property
    def can_manage_training(self) -> bool:
        return has_any(viewer=self, action=Action.MANAGE_TRAINING)

    @property
    def can_manage_people(self) -> bool:
        return has_any(viewer=self, action=Action.MANAGE_PEOPLE)

    @property
    def can_invite(self) -> bool:
        return has_any(viewer=self, action=Action.INVITE_PEOPLE)

    @property
    def can_see_reports(self) -> bool:
        return has_any(viewer=self, action=Action.SEE_REPORTS)

    @property
    def is_integrity_coordinator(self) -> bool:
        return has_any(viewer=self, action=Action.EDIT_ETHICS_CODE)

    @property
    def can_see_slots(self) -> bool:
        return has_any(viewer=self, action=Action.SEE_SLOTS)

    @property
    def can_import(self) -> bool:
        return has_any(viewer=self, action=Action.IMPORT_ROSTER)

    @property
    def can_revoke(self) -> bool:
        return has_any(viewer=self, action=Action.REVOKE_CERTIFICATE)

    @property
    def can_correct(self) -> bool:
        return has_any(viewer=self, action=Action.CORRECT_RECORD)

    @property
    def can_read_questions(self) -> bool:
        return has_any(viewer=self, action=Action.READ_QUESTIONS)

    @property
    def is_administrator(self) -> bool:
        return has_any(viewer=self, action=Action.OPERATE_PLATFORM)

    @property
    def can_author(self) -> bool:
        return has_any(viewer=self, action=Action.AUTHOR_COURSES)

    @property
    def can_edit_content(self) -> bool:
        """Writes courses, or reads what others wrote before it is published."""
        return self.can_author or has_any(viewer=self, action=Action.REVIEW_COURSES)

    @property
    def is_plan_owner(self) -> bool:
        return has_any(viewer=self, action=Action.EDIT_PLAN)

    @property
    def is_plan_reporter(self) -> bool:
        return has_any(viewer=self, action=Action.REPORT_PROGRESS)

    @property
    def answers_diagnostics(self) -> bool:
        return has_any(viewer=self, action=Action.ANSWER_DIAGNOSTICS)


ANONYMOUS = Viewer()


def grants_for(*, viewer: Viewer, action: Action) -> tuple[Grant, ...]:
    """The viewer's grants that allow ``action``, wherever they reach."""
    return tuple(grant for grant in viewer.grants if grant.role in WHO_MAY[action])


def has_any(*, viewer: Viewer, action: Action) -> bool:
    """True when the viewer may do ``action`` somewhere."""
    return bool(grants_for(viewer=viewer, action=action))


def require(
    *, viewer: Viewer, action: Action, institution_id: int | None = None, unit_id: int | None = None
) -> Grant:
    """The grant that allows ``action`` there; without any place, one that covers all.

    Raises:
        NotAllowedError: there is none.
    """
    for grant in grants_for(viewer=viewer, action=action):
        if grant.covers(institution_id, unit_id):
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


def covers_any(*, viewer: Viewer, action: Action, institution_ids: Collection[int]) -> bool:
    """Whether a grant for ``action`` reaches one of the institutions whole, or everywhere.

    A grant of a single unit does not: it speaks for its unit alone.
    """
    return any(
        grant.unit_ids is None and (grant.institution_id is None or any(map(grant.covers, institution_ids)))
        for grant in grants_for(viewer=viewer, action=action)
    )


def course_codes_for(*, viewer: Viewer, action: Action) -> frozenset[str] | None:
    """Courses with which the viewer may do ``action``; ``None`` means all there are.

    A grant for the whole platform reaches every course; any other only those of the own teams.
    """
    grants = grants_for(viewer=viewer, action=action)
    if any(grant.institution_id is None and grant.unit_ids is None for grant in grants):
        return None
    return viewer.course_codes if grants else frozenset()


def require_course(*, viewer: Viewer, action: Action, course_code: str) -> Grant:
    """The grant by which the viewer may do ``action`` with the course.

    Raises:
        NotAllowedError: another team's course, or no such role.
    """
    codes = course_codes_for(viewer=viewer, action=action)
    if codes is not None and course_code not in codes:
        raise NotAllowedError(action)
    return require_any(viewer=viewer, action=action)


def reach_of(*, viewer: Viewer, action: Action) -> Reach:
    """Everywhere the viewer may do ``action``, all grants together."""
    grants = grants_for(viewer=viewer, action=action)
    whole = [grant for grant in grants if grant.unit_ids is None]
    return Reach(
        everywhere=any(grant.institution_id is None for grant in whole),
        institution_ids=frozenset(
            place
            for grant in whole
            for place in (grant.institution_id, *grant.dependents)
            if place is not None
        ),
        unit_ids=frozenset(unit for grant in grants for unit in grant.unit_ids or ()),
    )


def institution_ids_for(*, viewer: Viewer, action: Action) -> frozenset[int] | None:
    """Institutions in all of which the viewer may do ``action``; ``None`` means all there are."""
    reach = reach_of(viewer=viewer, action=action)
    return None if reach.everywhere else reach.institution_ids


def may_see_person_record(*, viewer: Viewer, person_id: int, places: frozenset[tuple[int, int]]) -> bool:
    """Own record always; another's when a grant covers one of its postings: ``(institution, unit)`` ids."""
    if viewer.person_id == person_id:
        return True
    reach = reach_of(viewer=viewer, action=Action.SEE_PEOPLE)
    return any(reach.covers(institution_id, unit_id) for institution_id, unit_id in places)

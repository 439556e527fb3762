"""One human being twice, and making the two records one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from courses.models import Course, CoursePage
from lms.integrity.models import Acknowledgement, EthicsCode
from lms.integrity.services.codes import save_code
from lms.journeys.acknowledge_code import acknowledge_code
from lms.journeys.attend_workshop import Attendee, attend_workshop
from lms.journeys.merge_people import merge_people, undo_merge
from lms.journeys.replay_progress import check
from lms.people.models import Invitation, Leave, Person, PersonMerge, Posting, Pseudonym, Role, User
from lms.people.policy import Grant, Viewer
from lms.people.services.merging import Left
from lms.progress.models import AssignedTraining, Completion, Enrolment, Exemption
from lms.progress.services.requirements import exempt_person
from lms.workshops.models import Attendance, Registration
from lms.workshops.services.sheets import _workshop
from lms.xapi.platform import current_platform
from tests.factories.learning import make_learner
from tests.factories.people import InstitutionFactory, PersonFactory, PostingFactory
from tests.factories.requirements import make_requirement, make_spec
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory

VIEWER = Viewer()


@dataclass
class Two:
    """One human being twice: ``kept`` by the roster, with a RUN; ``other`` without."""

    kept: Person
    other: Person
    first: Posting
    second: Posting


@pytest.fixture
def two(course: CoursePage) -> Two:
    place = InstitutionFactory()
    first = PostingFactory(institution=place, person__given_names="Ana", person__family_names="Ñanco")
    second = PostingFactory(
        institution=place,
        person=PersonFactory(without_run=True, given_names="Ana", family_names="Ñanco"),
        valid_from=date(2025, 3, 1),
        valid_until=date(2025, 12, 31),
    )
    return Two(first.person, second.person, first, second)


def merge(two: Two, at: datetime, *, account_of: int | None = None) -> PersonMerge:
    return merge_people(
        kept_id=two.kept.pk,
        merged_id=two.other.pk,
        account_of=account_of,
        institution_id=two.first.institution_id,
        author=None,
        viewer=VIEWER,
        grant=Grant(Role.HR, two.first.institution_id),
        at=at,
    )


def undo(found: PersonMerge, at: datetime) -> list[Left]:
    grant = Grant(Role.HR, found.institution_id)
    return undo_merge(merge_id=found.pk, viewer=VIEWER, grant=grant, at=at)[1]


def agree() -> bool:
    return check(platform=current_platform()) == []


def everything() -> dict[str, Any]:
    """All rows that a merge may touch, as they stand."""
    return {
        model.__name__: sorted(model.objects.values_list(*fields), key=str)
        for model, fields in (
            (Person, ("pk", "user_id", "email", "run_fingerprint", "run_masked", "merged_into_id")),
            (Posting, ("public_id", "person_id")),
            (Leave, ("public_id", "person_id")),
            (Pseudonym, ("name", "person_id", "is_in_use")),
            (Enrolment, ("public_id", "person_id", "cycle")),
            (Completion, ("public_id", "person_id")),
            (Acknowledgement, ("public_id", "person_id", "acknowledged_at")),
            (Exemption, ("public_id", "person_id")),
            (Registration, ("session_id", "person_id", "state")),
            (Attendance, ("public_id", "person_id", "voided_at")),
            (Invitation, ("email", "person_id")),
            (User, ("pk", "is_active")),
            (AssignedTraining, ("person_id", "standing", "first_day", "last_day")),
        )
    }


@pytest.fixture
def lively(two: Two, at: datetime) -> Two:
    """Both took the course, declared to know the code, came to the workshop, were away and exempt."""
    make_learner(person=two.other, at=at - timedelta(days=400), posting=two.second).complete(
        at - timedelta(days=399)
    )
    make_learner(person=two.kept, at=at - timedelta(days=10), posting=two.first).answer("l1", "p1", at)
    make_learner(person=two.other, at=at - timedelta(days=5))
    code = make_code(two, at - timedelta(days=300))
    acknowledge_code(person=two.kept, code=code, platform=current_platform(), at=at - timedelta(days=2))
    acknowledge_code(person=two.other, code=code, platform=current_platform(), at=at - timedelta(days=200))
    session = WorkshopSessionFactory(running=True)
    for person, posting in ((two.kept, two.first), (two.other, two.second)):
        RegistrationFactory(session=session, person=person)
        attend(session, person, posting, at - timedelta(minutes=person.pk - two.kept.pk))
    for person in (two.kept, two.other):
        Leave.objects.create(
            person=person, institution=two.first.institution, first_day=date(2026, 2, 1), last_day=None
        )
    spec = make_spec(Course.objects.get().pk, starts_on=date(2026, 11, 1), due_on=date(2026, 12, 15))
    asked = make_requirement(owner=two.first.institution, spec=spec, at=at)
    exempt_person(
        requirement=asked, person=two.other, first_day=at.date(), last_day=at.date(), reason="Comisión",
        author=None, at=at,
    )  # fmt: skip
    return two


def make_code(two: Two, at: datetime) -> EthicsCode:
    return save_code(
        institution=two.first.institution, title="Código", url="", approved_on=None,
        as_new_version=True, at=at,
    )  # fmt: skip


def attend(session: Any, person: Person, posting: Posting, at: datetime) -> None:
    attend_workshop(
        workshop=_workshop(session),
        attendees=[Attendee(person, "employee", posting)],
        marked_by_id=None,
        platform=current_platform(),
        at=at,
    )

"""Requirements are changed, withdrawn, not asked of some; what is wrong is refused."""

from datetime import date, datetime, timedelta

import pytest

from courses.models import Course
from lms.people.models import Institution, Person, Unit
from lms.progress.models import Exemption
from lms.progress.rules.timeline import Standing
from lms.progress.services.requirements import (
    NoCoursesError,
    NoDueDateError,
    NothingChangedError,
    OutsideOwnerError,
    StillApplyingError,
    WithdrawnError,
    end_exemption,
    exempt_people,
    exempt_person,
    publish_requirement,
    save_draft,
    withdraw_requirement,
)
from tests.factories.people import InstitutionFactory, UnitFactory
from tests.factories.requirements import RequirementText, draft_requirement, make_spec
from tests.progress.asking import DUE, START, ask, assert_right, hire, standing_of
from tests.queries import count_queries


def test_a_change_moves_the_due_day_for_everybody(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    requirement = ask(place, course, at)
    later = make_spec(course.pk, starts_on=START, due_on=date(2027, 3, 31))
    text = RequirementText("Integridad 2026", "", 80)
    save_draft(requirement=requirement, owner=place, text=text, spec=later, author=None, at=at)
    publish_requirement(requirement_id=requirement.pk, allowed=None, author=None, note="Prórroga", at=at)
    assert standing_of(posting, date(2027, 3, 31)) == Standing.NOT_STARTED
    assert_right(at.date())


def test_publishing_the_same_again_is_refused(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    requirement = ask(place, course, at)
    with pytest.raises(NothingChangedError):
        publish_requirement(requirement_id=requirement.pk, allowed=None, author=None, note="", at=at)


@pytest.mark.parametrize(
    ("courses", "due_on", "error"),
    [(0, DUE, NoCoursesError), (1, date(2026, 10, 1), NoDueDateError)],
)
def test_an_incomplete_requirement_is_not_published(
    course: Course, place: Institution, at: datetime, courses: int, due_on: date, error: type[Exception]
) -> None:
    spec = make_spec(*[course.pk] * courses, starts_on=START, due_on=due_on)
    row = draft_requirement(owner=place, spec=spec, at=at)
    with pytest.raises(error):
        publish_requirement(requirement_id=row.pk, allowed=None, author=None, note="", at=at)


def test_nobody_obliges_the_people_of_another_institution(
    course: Course, place: Institution, at: datetime
) -> None:
    spec = make_spec(
        course.pk, starts_on=START, due_on=DUE, audience={"institutions": (InstitutionFactory().pk,)}
    )
    row = draft_requirement(owner=place, spec=spec, at=at)
    with pytest.raises(OutsideOwnerError):
        publish_requirement(requirement_id=row.pk, allowed=frozenset({place.pk}), author=None, note="", at=at)


def test_a_ministry_asks_its_services_too(course: Course, place: Institution, at: datetime) -> None:
    service = InstitutionFactory(parent=place)
    posting = hire(UnitFactory(institution=service))
    ask(place, course, at, audience={"with_dependents": True})
    assert standing_of(posting, at.date()) == Standing.NOT_STARTED
    assert_right(at.date())


def test_a_withdrawn_requirement_asks_nothing_from_that_day_and_keeps_the_past(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    requirement = ask(place, course, at)
    withdraw_requirement(requirement_id=requirement.pk, author=None, note="Se reemplaza", at=at)
    assert standing_of(posting, at.date()) is None
    assert standing_of(posting, at.date() - timedelta(days=1)) == Standing.NOT_STARTED
    assert_right(at.date())


def test_a_withdrawn_requirement_cannot_be_published_again(
    course: Course, place: Institution, at: datetime
) -> None:
    requirement = ask(place, course, at)
    withdraw_requirement(requirement_id=requirement.pk, author=None, note="", at=at)
    with pytest.raises(WithdrawnError):
        publish_requirement(requirement_id=requirement.pk, allowed=None, author=None, note="", at=at)


def test_a_change_waits_until_the_last_one_is_applied(
    course: Course, place: Institution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.progress.services.requirements.APPLY_TASK", "tests.factories.tasks.no_task")
    row = draft_requirement(owner=place, spec=make_spec(course.pk, starts_on=START, due_on=DUE), at=at)
    publish_requirement(requirement_id=row.pk, allowed=None, author=None, note="", at=at)
    with pytest.raises(StillApplyingError):
        withdraw_requirement(requirement_id=row.pk, author=None, note="", at=at)


def test_an_exemption_is_counted_apart_and_can_be_ended(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    posting = hire(unit)
    requirement = ask(place, course, at)
    exemption = exempt_person(
        requirement=requirement, person=posting.person, first_day=at.date(), last_day=date(2027, 6, 30),
        reason="Comisión de servicio", author=None, at=at,
    )  # fmt: skip
    assert standing_of(posting, date(2027, 6, 30)) == Standing.EXEMPT
    end_exemption(exemption_id=exemption.pk, at=at + timedelta(days=3))
    assert standing_of(posting, at.date() + timedelta(days=3)) == Standing.NOT_STARTED
    assert_right(at.date())


def test_many_are_exempted_in_as_many_queries_as_few_and_twice_is_once(
    course: Course, place: Institution, unit: Unit, at: datetime
) -> None:
    people = [hire(unit).person for _ in range(13)]
    requirement = ask(place, course, at)

    def exempt(some: list[Person]) -> list[Exemption]:
        return exempt_people(
            requirement=requirement, people=some, first_day=at.date(), last_day=date(2027, 6, 30),
            reason="Comisión de servicio", author=None, at=at,
        )  # fmt: skip

    few = count_queries(lambda: exempt(people[:3]))
    assert count_queries(lambda: exempt(people[3:])) == few
    again = exempt(list(reversed(people)))
    assert [exemption.person for exemption in again] == list(reversed(people))
    assert Exemption.objects.count() == len(people)
    assert_right(at.date())

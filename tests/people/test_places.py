"""Units and institutions change; training is asked of whom it should be."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from courses.models import Course
from lms.journeys import change_places
from lms.people.models import Institution, Unit
from lms.people.policy import Reach
from lms.people.selectors.units import get_unit_tree, unit_paths
from lms.people.services.institutions import (
    InstitutionCircleError,
    InstitutionCodeTakenError,
    InstitutionDatesError,
    InstitutionFacts,
    SuccessorError,
)
from lms.people.services.places import InstitutionRow
from lms.people.services.units import (
    UnitCircleError,
    UnitCodeTakenError,
    UnitElsewhereError,
    UnitHasPeopleError,
    UnitHasUnitsError,
)
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.selectors.checking import check_timelines
from tests.factories.learning import make_course
from tests.factories.people import InstitutionFactory, PersonFactory, PostingFactory, UnitFactory
from tests.factories.requirements import make_requirement, make_spec
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

START, DUE, DAY = date(2026, 11, 1), date(2026, 12, 15), date(2026, 11, 20)


@pytest.fixture
def place() -> Institution:
    return InstitutionFactory(code="AA1")


@pytest.fixture
def division(place: Institution) -> Unit:
    return UnitFactory(institution=place, name="División")


@pytest.fixture
def course(at: datetime) -> Course:
    make_course(at=at)
    return Course.objects.get()


def facts(row: Institution, **changes: object) -> InstitutionFacts:
    return InstitutionFacts(**({"code": row.code, "name": row.name, "kind": row.kind} | changes))  # type: ignore[arg-type]


# --- Units ----------------------------------------------------------------------------------------
def test_a_unit_is_created_below_another(division: Unit) -> None:
    unit = change_places.create_unit(institution=division.institution, code="D1", name="Uno", parent=division)
    assert unit_paths(institution_ids=[division.institution_id])[unit.pk] == "División › Uno"


def test_a_code_is_of_one_unit_whatever_its_letter_case(division: Unit) -> None:
    with pytest.raises(UnitCodeTakenError):
        change_places.create_unit(
            institution=division.institution, code=division.code.lower(), name="Otra", parent=None
        )


def test_a_unit_hangs_neither_from_its_own_nor_elsewhere(division: Unit) -> None:
    child = UnitFactory(institution=division.institution, parent=division)
    closed = UnitFactory(institution=division.institution, valid_until=START)
    for parent, error in (
        (division, UnitCircleError), (child, UnitCircleError),
        (UnitFactory(), UnitElsewhereError), (closed, UnitElsewhereError),
    ):  # fmt: skip
        with pytest.raises(error):
            change_places.change_unit(unit_id=division.pk, name="División", parent=parent)


def test_a_unit_that_hangs_elsewhere_is_asked_what_is_asked_there(
    course: Course, division: Unit, at: datetime
) -> None:
    place = division.institution
    team = UnitFactory(institution=place)
    posting = PostingFactory(institution=place, unit=team)
    spec = make_spec(course.pk, starts_on=START, due_on=DUE, audience={
        "institutions": (place.pk,), "units": (division.pk,),
    })  # fmt: skip
    make_requirement(owner=place, spec=spec, at=at)
    assert not AssignedTraining.objects.exists()
    change_places.change_unit(unit_id=team.pk, name=team.name, parent=division)
    assert AssignedTraining.objects.filter(person=posting.person).exists()
    assert TrainingRequirement.objects.get().applied is None
    change_places.change_unit(unit_id=team.pk, name=team.name, parent=None)
    assert not AssignedTraining.objects.exists()
    assert list(check_timelines()) == []


def test_only_an_empty_unit_is_closed(division: Unit, at: datetime) -> None:
    child = UnitFactory(institution=division.institution, parent=division)
    posting = PostingFactory(institution=division.institution, unit=child)
    with pytest.raises(UnitHasUnitsError):
        change_places.close_unit(unit_id=division.pk, last_day=DAY)
    with pytest.raises(UnitHasPeopleError):
        change_places.close_unit(unit_id=child.pk, last_day=DAY)
    posting.valid_until = DAY
    posting.save()
    for unit in (child, division):
        assert change_places.close_unit(unit_id=unit.pk, last_day=DAY).valid_until == DAY
    assert change_places.reopen_unit(unit_id=division.pk).valid_until is None


def test_people_who_are_going_to_work_in_a_unit_keep_it_open(division: Unit) -> None:
    PostingFactory(institution=division.institution, unit=division, valid_from=date(2027, 3, 1))
    with pytest.raises(UnitHasPeopleError):
        change_places.close_unit(unit_id=division.pk, last_day=DAY)


def test_the_tree_counts_each_person_once(division: Unit) -> None:
    place = division.institution
    child = UnitFactory(institution=place, parent=division, name="Sección")
    person = PersonFactory()
    for unit in (division, child, child):
        PostingFactory(institution=place, unit=unit)
    PostingFactory(institution=place, unit=child, person=PersonFactory(merged_into=person))
    PostingFactory(institution=place, unit=child, ended=True)
    (root,) = get_unit_tree(institution_id=place.pk, reach=Reach(everywhere=True), day=DAY).roots
    assert (root.people, root.people_below, root.children[0].people) == (1, 3, 2)


def test_a_tree_of_many_units_asks_no_more_than_one_of_few(division: Unit) -> None:
    place = division.institution
    UnitFactory.create_batch(3, institution=place, parent=division)
    read = lambda: get_unit_tree(institution_id=place.pk, reach=Reach(everywhere=True), day=DAY)  # noqa: E731
    few = count_queries(read)
    UnitFactory.create_batch(27, institution=place, parent=division)
    assert count_queries(read) == few == 2


# --- Institutions -----------------------------------------------------------------------------------
def test_a_code_is_of_one_institution(place: Institution) -> None:
    with pytest.raises(InstitutionCodeTakenError):
        change_places.save_institution(institution_id=None, facts=facts(place, code="aa1"))


def test_the_code_of_one_that_exists_stays(place: Institution) -> None:
    change_places.save_institution(institution_id=place.pk, facts=facts(place, code="XX9", name="Nuevo"))
    place.refresh_from_db()
    assert (place.code, place.name) == ("AA1", "Nuevo")


def test_an_institution_neither_depends_on_its_own_nor_succeeds_itself(place: Institution) -> None:
    child = InstitutionFactory(parent=place)
    heir = InstitutionFactory(successor=place)
    for changes, error in (
        ({"parent": place}, InstitutionCircleError), ({"parent": child}, InstitutionCircleError),
        ({"successor": place}, SuccessorError), ({"successor": heir}, SuccessorError),
        ({"valid_from": DUE, "valid_until": START}, InstitutionDatesError),
    ):  # fmt: skip
        with pytest.raises(error):
            change_places.save_institution(institution_id=place.pk, facts=facts(place, **changes))


def test_what_a_ministry_asks_reaches_a_service_that_comes_to_depend_on_it(
    course: Course, at: datetime
) -> None:
    ministry, service = InstitutionFactory(ministry=True), InstitutionFactory()
    posting = PostingFactory(institution=service)
    spec = make_spec(course.pk, starts_on=START, due_on=DUE, audience={"with_dependents": True})
    make_requirement(owner=ministry, spec=spec, at=at)
    assert not AssignedTraining.objects.exists()
    change_places.save_institution(institution_id=service.pk, facts=facts(service, parent=ministry))
    assert AssignedTraining.objects.filter(person=posting.person).exists()
    change_places.save_institution(institution_id=service.pk, facts=facts(service))
    assert not AssignedTraining.objects.exists()
    assert list(check_timelines()) == []


def test_a_new_institution_below_a_ministry_is_reached_at_once(course: Course, at: datetime) -> None:
    ministry = InstitutionFactory(ministry=True)
    spec = make_spec(course.pk, starts_on=START, due_on=DUE, audience={"with_dependents": True})
    row = make_requirement(owner=ministry, spec=spec, at=at)
    new = change_places.save_institution(
        institution_id=None, facts=InstitutionFacts("NN1", "Nuevo servicio", "service", parent=ministry)
    )
    assert new in row.institutions.all()


def test_what_a_ministry_asks_reaches_a_service_that_a_table_hangs_from_it(
    course: Course, at: datetime
) -> None:
    ministry, service = InstitutionFactory(ministry=True), InstitutionFactory()
    posting = PostingFactory(institution=service)
    spec = make_spec(course.pk, starts_on=START, due_on=DUE, audience={"with_dependents": True})
    make_requirement(owner=ministry, spec=spec, at=at)
    row = InstitutionRow(2, service.code, service.name, service.kind, ministry.code, "", None, None)
    change_places.load_institutions(rows=[row])
    assert AssignedTraining.objects.filter(person=posting.person).exists()
    change_places.load_institutions(rows=[replace(row, parent="")])
    assert not AssignedTraining.objects.exists()
    assert list(check_timelines()) == []

"""Requirements, standings, counts and completions by the API."""

from datetime import date, datetime, timedelta

import pytest

from courses.models import Course
from lms.people.models import Institution, Unit
from lms.progress.models import TrainingRequirement
from lms.progress.services.assigned import follow_people
from lms.progress.services.requirements import withdraw_requirement
from tests.api.asking import Program, program
from tests.api.conftest import hire
from tests.factories.learning import make_learner
from tests.factories.people import (
    InstitutionFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.requirements import draft_requirement, make_requirement, make_spec
from tests.personas import Personas

START = date(2026, 11, 1)


def standings(program: Program, requirement: TrainingRequirement, **query: object) -> dict[str, str]:
    rows = program.rows(f"/requirements/{requirement.public_id}/standings/", **query)
    return {row["person"]: row["standing"] for row in rows}


# --- Requirements ----------------------------------------------------------------------------------
def test_a_requirement_says_what_is_asked_of_whom(hr: Program, requirement: TrainingRequirement) -> None:
    (row,) = hr.rows("/requirements/")
    assert (row["id"], row["owner"], row["status"]) == (str(requirement.public_id), "AA900", "live")
    assert (row["version"]["courses"], row["version"]["due_on"]) == (["curso"], "2026-12-15")
    assert row["version"]["audience"]["everybody"] is True


def test_its_versions_are_told_with_the_codes_of_their_audience(
    hr: Program, place: Institution, unit: Unit, course: Course, at: datetime
) -> None:
    spec = make_spec(
        course.pk,
        starts_on=START,
        audience={"institutions": (place.pk,), "units": (unit.pk,), "people": (1, 2)},
    )
    found = make_requirement(owner=place, spec=spec, at=at)
    detail = hr.get(f"/requirements/{found.public_id}/")
    audience = detail["versions"][0]["audience"]
    assert (audience["institutions"], audience["units"]) == (["AA900"], ["AA900/PER"])
    assert (audience["named_people"], detail["versions"][0]["due_days"]) == (2, 30)


def test_a_draft_is_not_told(hr: Program, place: Institution, course: Course, at: datetime) -> None:
    row = draft_requirement(owner=place, spec=make_spec(course.pk, starts_on=START), at=at)
    assert hr.rows("/requirements/") == []
    assert hr.ask(f"/requirements/{row.public_id}/").status_code == 404


def test_a_withdrawn_one_is_told_as_such(hr: Program, requirement: TrainingRequirement, at: datetime) -> None:
    withdraw_requirement(requirement_id=requirement.pk, author=None, note="", at=at)
    assert [row["status"] for row in hr.rows("/requirements/")] == ["withdrawn"]
    assert standings(hr, requirement) == {}
    assert standings(hr, requirement, on="2026-11-19")


# --- Standings -------------------------------------------------------------------------------------
def test_everybody_of_whom_it_is_asked_has_one_row(
    hr: Program, requirement: TrainingRequirement, personas: Personas
) -> None:
    assert set(standings(hr, requirement).values()) == {"not_started"}
    assert len(standings(hr, requirement)) == 6


def test_a_row_says_standing_dates_place_and_rank(
    hr: Program, requirement: TrainingRequirement, personas: Personas, at: datetime
) -> None:
    ana = personas.ana.person
    make_learner(person=ana, at=at, posting=ana.postings.get()).complete(at)
    rows = hr.rows(f"/requirements/{requirement.public_id}/standings/", standing="done")
    assert [row["person"] for row in rows] == [str(ana.public_id)]
    assert rows[0] | {"valid_until": None} == {
        "person": str(ana.public_id),
        "standing": "done",
        "assigned_on": "2026-11-01",
        "due_on": None,
        "done_on": "2026-11-20",
        "valid_until": None,
        "institution": "AA900",
        "unit": "PER",
        "estamento": "profesionales",
        "legal_quality": "contrata",
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-31", set()),
        ("2026-11-01", {"not_started"}),
        ("2026-12-15", {"not_started"}),
        ("2026-12-16", {"late"}),
    ],
)
def test_any_day_can_be_asked_for(
    hr: Program, requirement: TrainingRequirement, day: str, expected: set[str]
) -> None:
    assert set(standings(hr, requirement, on=day).values()) == expected


@pytest.mark.parametrize(
    ("query", "count"),
    [({"unit": "JUR"}, 1), ({"estamento": "auxiliares"}, 1), ({"legal_quality": "planta"}, 1),
     ({"standing": "late"}, 0), ({"institution": "AA900"}, 7), ({"institution": "no"}, 0)],
)  # fmt: skip
def test_filters_narrow_the_standings(
    hr: Program,
    requirement: TrainingRequirement,
    place: Institution,
    query: dict[str, str],
    count: int,
    at: datetime,
) -> None:
    unit = UnitFactory(institution=place, code="JUR")
    follow_people(person_ids=[hire(unit, estamento="auxiliares", legal_quality="planta").person_id], at=at)
    assert len(standings(hr, requirement, **query)) == count


def test_the_total_is_told_at_the_end_of_the_whole_list_only(
    hr: Program, requirement: TrainingRequirement
) -> None:
    path = f"/requirements/{requirement.public_id}/standings/"
    assert [page["total"] for page in hr.pages(path, limit=4)] == [None, 6]
    assert [page["total"] for page in hr.pages(path, unit="PER")] == [None]


# --- Counts ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("day", ["2026-11-19", "2026-11-20", "2026-12-16"])
@pytest.mark.parametrize("by", ["institution", "unit", "estamento", "legal_quality"])
def test_counts_are_those_of_the_list(
    hr: Program, requirement: TrainingRequirement, place: Institution, at: datetime, by: str, day: str
) -> None:
    unit = UnitFactory(institution=place, code="JUR")
    people = [hire(unit, estamento="auxiliares", legal_quality="planta").person_id for _ in range(3)]
    follow_people(person_ids=people, at=at)
    answer = hr.get(f"/requirements/{requirement.public_id}/counts/", by=by, on=day)
    rows = hr.rows(f"/requirements/{requirement.public_id}/standings/", on=day)
    counted = {row[by]: row["people"] for row in answer["items"]}
    assert counted == {value: sum(row[by] == value for row in rows) for value in {row[by] for row in rows}}
    assert sum(row["late"] for row in answer["items"]) == sum(row["standing"] == "late" for row in rows)


def test_counts_have_no_name_nor_id(
    hr: Program, requirement: TrainingRequirement, personas: Personas
) -> None:
    body = hr.ask(f"/requirements/{requirement.public_id}/counts/", by="unit").content.decode()
    for person in (personas.ana.person, personas.bruno.person):
        assert person.family_names not in body and str(person.public_id) not in body


def test_a_token_for_everything_counts_all_institutions(
    course: Course, place: Institution, at: datetime
) -> None:
    postings = [PostingFactory(), PostingFactory()]
    found = make_requirement(owner=None, spec=make_spec(course.pk, starts_on=START), at=at)
    auditor = UserFactory()
    RoleAssignmentFactory(user=auditor, role="auditor", everywhere=True)
    system = program(auditor, at=at, institution=None, scopes=["reports:read"])
    rows = system.get(f"/requirements/{found.public_id}/counts/")["items"]
    assert {posting.institution.code for posting in postings} <= {row["institution"] for row in rows}


# --- Completions -----------------------------------------------------------------------------------
def completed(program: Program, **query: object) -> dict[str, list[str]]:
    rows = program.rows("/completions/", **query)
    return {row["person"]: [item["course"] for item in row["completions"]] for row in rows}


def test_what_was_completed_at_work_is_told(
    hr: Program, personas: Personas, course: Course, at: datetime
) -> None:
    ana = personas.ana.person
    make_learner(person=ana, at=at, posting=ana.postings.get()).complete(at)
    (row,) = hr.rows("/completions/")
    assert row["person"] == str(ana.public_id)
    assert row["completions"][0]["completed_on"] == "2026-11-20"
    assert row["minutes"] == row["completions"][0]["minutes"] > 0
    assert completed(hr, course="curso") and not completed(hr, course="otro")


def test_what_was_learnt_at_home_is_not(
    hr: Program, personas: Personas, course: Course, at: datetime
) -> None:
    make_learner(person=personas.ana.person, at=at).complete(at)
    assert completed(hr) == {}


@pytest.mark.parametrize(
    ("first", "last", "is_told"),
    [
        (date(2026, 11, 18), None, True),
        (date(2026, 11, 19), None, False),  # begun before the job
        (date(2026, 1, 1), date(2026, 11, 19), False),  # completed after it
        (date(2026, 1, 1), date(2026, 11, 20), True),
    ],
)
def test_only_what_happened_within_the_dates_of_a_posting_is_told(
    hr: Program, unit: Unit, course: Course, at: datetime, first: date, last: date | None, is_told: bool
) -> None:
    posting = hire(unit, valid_from=first, valid_until=last)
    learner = make_learner(person=posting.person, at=at - timedelta(days=2), posting=posting)
    learner.complete(at)
    assert bool(completed(hr)) is is_told


def test_what_was_done_in_another_institution_is_not_told(
    hr: Program, other_hr: Program, unit: Unit, personas: Personas, course: Course, at: datetime
) -> None:
    person = hire(unit, valid_until=date(2026, 11, 1)).person
    there = PostingFactory(
        person=person, institution=personas.other_institution, valid_from=date(2026, 11, 2)
    )
    make_learner(person=person, at=at, posting=there).complete(at)
    assert completed(hr) == {}
    assert list(completed(other_hr)) == [str(person.public_id)]


def test_begun_in_one_service_and_completed_in_another_is_told_to_their_ministry(
    course: Course, at: datetime
) -> None:
    ministry = InstitutionFactory(ministry=True)
    one, two = InstitutionFactory(parent=ministry), InstitutionFactory(parent=ministry)
    first = PostingFactory(institution=one, valid_until=date(2026, 11, 19))
    second = PostingFactory(person=first.person, institution=two, valid_from=date(2026, 11, 20))
    account = UserFactory()
    RoleAssignmentFactory(user=account, institution=ministry, with_dependents=True)
    learner = make_learner(person=first.person, at=at - timedelta(days=2), posting=first)
    learner.complete(at)
    above = program(account, at=at, institution=ministry, with_dependents=True)
    below = program(account, at=at, institution=two)
    assert list(completed(above)) == [str(second.person.public_id)]
    assert completed(below) == {}

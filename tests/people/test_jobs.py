"""Postings written one at a time: never two at once in one institution, whatever the order of changes."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.journeys import change_jobs
from lms.people.days import Days
from lms.people.models import Person, Posting, Unit
from lms.people.services.identities import RunMark
from lms.people.services.jobs import (
    JobDatesError,
    JobError,
    JobOverlapError,
    JobTerms,
    NewPerson,
    NotInForceError,
    OtherInstitutionError,
    UnitClosedError,
)
from tests.factories.people import InstitutionFactory, PersonFactory, PostingFactory, UnitFactory

pytestmark = pytest.mark.django_db

MARCH = date(2026, 3, 1)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory()


@pytest.fixture
def person() -> Person:
    return PersonFactory()


def terms(unit: Unit, first: date = MARCH, last: date | None = None) -> JobTerms:
    return JobTerms(
        unit=unit, estamento="tecnicos", legal_quality="contrata", valid_from=first, valid_until=last,
        grade="14", position="Analista", region="CL-VS",
    )  # fmt: skip


def test_a_posting_says_all_its_terms(person: Person, unit: Unit, at: datetime) -> None:
    change_jobs.open_job(person=person, terms=terms(unit), at=at)
    row = Posting.objects.get()
    assert (row.institution, row.unit, row.estamento, row.grade, row.position, row.region) == (
        unit.institution, unit, "tecnicos", "14", "Analista", "CL-VS",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 1), None),
        (date(2026, 1, 1), date(2026, 3, 1)),
        (date(2026, 6, 30), date(2026, 12, 31)),
        (date(2026, 4, 1), date(2026, 4, 30)),
        (date(2026, 3, 1), date(2026, 6, 30)),
    ],
)
def test_two_postings_in_one_institution_do_not_overlap(
    person: Person, unit: Unit, at: datetime, first: date, last: date | None
) -> None:
    change_jobs.open_job(person=person, terms=terms(unit, MARCH, date(2026, 6, 30)), at=at)
    with pytest.raises(JobOverlapError):
        change_jobs.open_job(
            person=person, terms=terms(UnitFactory(institution=unit.institution), first, last), at=at
        )
    assert Posting.objects.count() == 1


def test_one_after_the_other_is_fine(person: Person, unit: Unit, at: datetime) -> None:
    change_jobs.open_job(person=person, terms=terms(unit, MARCH, date(2026, 6, 30)), at=at)
    change_jobs.open_job(person=person, terms=terms(unit, date(2026, 7, 1)), at=at)
    assert Posting.objects.count() == 2


def test_two_institutions_at_once_are_fine(person: Person, unit: Unit, at: datetime) -> None:
    for place in (unit, UnitFactory()):
        change_jobs.open_job(person=person, terms=terms(place), at=at)
    assert person.postings.values("institution").distinct().count() == 2


def test_dates_out_of_order_are_refused(person: Person, unit: Unit, at: datetime) -> None:
    with pytest.raises(JobDatesError):
        change_jobs.open_job(person=person, terms=terms(unit, MARCH, date(2026, 2, 28)), at=at)


@pytest.mark.parametrize(
    ("last", "error"),
    [(None, UnitClosedError), (date(2026, 7, 1), UnitClosedError), (date(2026, 6, 30), None)],
)
def test_nobody_is_put_into_a_closed_unit(
    person: Person, unit: Unit, at: datetime, last: date | None, error: type[JobError] | None
) -> None:
    unit.valid_until = date(2026, 6, 30)
    unit.save()
    if error is None:
        change_jobs.open_job(person=person, terms=terms(unit, MARCH, last), at=at)
        return
    with pytest.raises(error):
        change_jobs.open_job(person=person, terms=terms(unit, MARCH, last), at=at)


def test_a_correction_does_not_overlap_with_itself(person: Person, unit: Unit, at: datetime) -> None:
    posting = change_jobs.open_job(person=person, terms=terms(unit), at=at)
    new = replace(terms(unit, date(2026, 2, 1)), grade="13")
    change_jobs.correct_job(posting_id=posting.pk, terms=new, at=at)
    posting.refresh_from_db()
    assert (posting.valid_from, posting.grade) == (date(2026, 2, 1), "13")


def test_a_correction_stays_in_its_institution(person: Person, unit: Unit, at: datetime) -> None:
    posting = change_jobs.open_job(person=person, terms=terms(unit), at=at)
    with pytest.raises(OtherInstitutionError):
        change_jobs.correct_job(posting_id=posting.pk, terms=terms(UnitFactory()), at=at)


def test_an_end_before_the_beginning_is_refused(person: Person, unit: Unit, at: datetime) -> None:
    posting = change_jobs.open_job(person=person, terms=terms(unit), at=at)
    with pytest.raises(JobDatesError):
        change_jobs.end_job(posting_id=posting.pk, last_day=date(2026, 2, 28), at=at)


def test_a_later_end_does_not_run_into_the_next_posting(person: Person, unit: Unit, at: datetime) -> None:
    first = change_jobs.open_job(person=person, terms=terms(unit, MARCH, date(2026, 6, 30)), at=at)
    change_jobs.open_job(person=person, terms=terms(unit, date(2026, 9, 1)), at=at)
    change_jobs.end_job(posting_id=first.pk, last_day=date(2026, 8, 31), at=at)
    with pytest.raises(JobOverlapError):
        change_jobs.end_job(posting_id=first.pk, last_day=date(2026, 9, 1), at=at)


def test_a_move_ends_on_the_eve_and_opens(person: Person, unit: Unit, at: datetime) -> None:
    old = change_jobs.open_job(person=person, terms=terms(unit), at=at)
    other = UnitFactory(institution=unit.institution)
    new = change_jobs.move_job(posting_id=old.pk, terms=terms(other, date(2026, 5, 1)), at=at)
    old.refresh_from_db()
    assert (old.valid_until, new.valid_from, new.unit) == (date(2026, 4, 30), date(2026, 5, 1), other)


@pytest.mark.parametrize("day", [MARCH, date(2025, 1, 1), date(2026, 8, 1)])
def test_a_move_begins_while_the_posting_lasts(person: Person, unit: Unit, at: datetime, day: date) -> None:
    old = change_jobs.open_job(person=person, terms=terms(unit, MARCH, date(2026, 6, 30)), at=at)
    with pytest.raises(NotInForceError):
        change_jobs.move_job(posting_id=old.pk, terms=terms(unit, day), at=at)


def test_a_refused_move_ends_nothing(person: Person, unit: Unit, at: datetime) -> None:
    old = change_jobs.open_job(person=person, terms=terms(unit), at=at)
    with pytest.raises(JobDatesError):
        change_jobs.move_job(posting_id=old.pk, terms=terms(unit, date(2026, 5, 1), date(2026, 4, 1)), at=at)
    old.refresh_from_db()
    assert old.valid_until is None


# --- Adding a person ------------------------------------------------------------------------------
def test_a_person_without_run_and_address_is_added(unit: Unit, at: datetime) -> None:
    person, is_new = change_jobs.add_person(new=NewPerson("Rosa", "Ñanco"), terms=terms(unit), at=at)
    assert (is_new, person.full_name, person.email, person.run_fingerprint) == (True, "Rosa Ñanco", "", None)
    assert person.postings.count() == 1


def test_whoever_has_that_run_gets_the_posting_and_keeps_the_name(unit: Unit, at: datetime) -> None:
    known = PersonFactory(given_names="Rosa")
    mark = RunMark(str(known.run_fingerprint), known.run_masked)
    person, is_new = change_jobs.add_person(
        new=NewPerson("Otra", "Grafía", "otra@servicio.example", mark), terms=terms(unit), at=at
    )
    assert (is_new, person, person.given_names) == (False, known, "Rosa")
    assert Person.objects.count() == 1


def test_nobody_is_added_when_the_posting_cannot_be(unit: Unit, at: datetime) -> None:
    with pytest.raises(JobDatesError):
        change_jobs.add_person(
            new=NewPerson("Rosa", "Ñanco"), terms=terms(unit, MARCH, date(2026, 2, 1)), at=at
        )
    assert not Person.objects.exists()


# --- Whatever the order -----------------------------------------------------------------------------
days = st.integers(min_value=0, max_value=120).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
changes = st.lists(
    st.tuples(
        st.sampled_from(["open", "correct", "end", "move"]),
        days,
        st.one_of(st.none(), days),
        st.integers(0, 1),
        st.integers(0, 9),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=changes)
def test_no_sequence_of_changes_leaves_two_postings_at_once_in_one_institution(
    db: None, at: datetime, sequence: list[tuple[str, date, date | None, int, int]]
) -> None:
    person = PersonFactory()
    places = [UnitFactory(institution=InstitutionFactory()) for _ in range(2)]
    for what, first, last, place, which in sequence:
        rows = list(person.postings.order_by("pk"))
        new = terms(places[place], first, last)
        chosen = rows[which % len(rows)].pk if rows else 0
        try:
            if what == "open":
                change_jobs.open_job(person=person, terms=new, at=at)
            elif rows and what == "correct":
                change_jobs.correct_job(posting_id=chosen, terms=new, at=at)
            elif rows and what == "end":
                change_jobs.end_job(posting_id=chosen, last_day=last or first, at=at)
            elif rows:
                change_jobs.move_job(posting_id=chosen, terms=new, at=at)
        except JobError:
            continue
    for place in places:
        spans = sorted(
            (
                Days(p.valid_from, p.valid_until)
                for p in person.postings.filter(institution=place.institution)
            ),
            key=lambda span: span.first,
        )
        assert all(span.is_in_order for span in spans)
        assert not any(one.overlaps(two) for one, two in pairwise(spans))


def test_what_is_asked_follows_a_move(at: datetime, unit: Unit) -> None:
    posting = PostingFactory(unit=unit, institution=unit.institution)
    moved = change_jobs.move_job(
        posting_id=posting.pk,
        terms=terms(UnitFactory(institution=unit.institution), date(2026, 11, 1)),
        at=at,
    )
    assert list(Posting.objects.valid_on(at.date())) == [moved]
    assert list(Posting.objects.valid_on(date(2026, 10, 31))) == [posting]

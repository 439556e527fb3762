"""Two records of one person become one and two again; the record of learning agrees all the while."""

from datetime import date, datetime, timedelta

import pytest

from certificates.selectors import list_cards
from courses.models import Course
from lms.integrity.models import Acknowledgement
from lms.journeys.attend_workshop import void_attendance
from lms.journeys.replay_progress import read_rows, rebuild
from lms.people.models import Leave
from lms.people.selectors.merges import list_holder_keys
from lms.people.services.merging import MergedSinceError
from lms.progress.models import AssignedTraining, Completion
from lms.progress.selectors.coverage import principal_postings
from lms.progress.services.assigned import follow_people
from lms.workshops.models import Attendance, Registration, RegistrationState
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.factories.requirements import make_requirement, make_spec
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.journeys.merging import Two, agree, everything, merge, undo


# --- What goes over -------------------------------------------------------------------------------
def test_everything_of_the_other_is_the_kept_persons(lively: Two, at: datetime) -> None:
    merge(lively, at)
    lively.other.refresh_from_db()
    assert lively.other.merged_into == lively.kept
    assert lively.kept.postings.count() == 2
    assert lively.kept.completions.count() == 1
    assert lively.kept.exemptions.count() == 1
    assert not lively.other.enrolments.exists()
    assert not lively.other.pseudonyms.exists()
    in_use = lively.kept.pseudonyms.filter(is_in_use=True).values_list("context", flat=True)
    assert sorted(in_use) == ["employee"]
    assert lively.kept.pseudonyms.filter(is_in_use=False).count() == 2


def test_the_record_and_the_rows_agree_before_after_and_after_undoing(lively: Two, at: datetime) -> None:
    assert agree()
    found = merge(lively, at)
    assert agree()
    assert undo(found, at + timedelta(days=29)) == []
    assert agree()


def test_undoing_puts_exactly_everything_back(lively: Two, at: datetime) -> None:
    before = everything()
    undo(merge(lively, at), at)
    assert everything() == before


def test_rebuilding_after_a_merge_changes_nothing(lively: Two, at: datetime) -> None:
    before = everything()
    found = merge(lively, at)
    rows = read_rows()
    rebuild(platform=current_platform(), at=at)
    assert read_rows() == rows
    assert undo(found, at) == []
    assert everything() == before
    rebuild(platform=current_platform(), at=at)
    assert everything() == before


def test_enrolments_count_in_the_order_in_which_they_began(lively: Two, at: datetime) -> None:
    merge(lively, at)
    rows = lively.kept.enrolments.filter(context="employee").order_by("cycle")
    assert [(row.cycle, row.posting) for row in rows] == [(1, lively.second), (2, lively.first)]
    assert list(lively.kept.enrolments.filter(context="citizen").values_list("cycle", flat=True)) == [1]


def test_of_two_declarations_the_earlier_is_the_persons(lively: Two, at: datetime) -> None:
    merge(lively, at)
    kept, left = (Acknowledgement.objects.get(person=person) for person in (lively.kept, lively.other))
    assert kept.acknowledged_at == at - timedelta(days=200)
    assert left.acknowledged_at == at - timedelta(days=2)


def test_what_both_have_stays_once_with_each(lively: Two, at: datetime) -> None:
    merge(lively, at)
    for model in (Registration, Attendance, Leave):
        assert sorted(model.objects.values_list("person_id", flat=True)) == [lively.kept.pk, lively.other.pk]
    assert list(Registration.objects.active().values_list("person_id", flat=True)) == [lively.kept.pk]


def test_the_seat_of_either_is_the_persons(two: Two, at: datetime) -> None:
    session = WorkshopSessionFactory(running=True)
    RegistrationFactory(session=session, person=two.kept, left=True)
    RegistrationFactory(session=session, person=two.other)
    merge(two, at)
    assert Registration.objects.get(person=two.kept).state == RegistrationState.REGISTERED


def test_taking_back_an_attendance_takes_back_both(lively: Two, at: datetime) -> None:
    merge(lively, at)
    session = Registration.objects.get(person=lively.kept).session
    void_attendance(
        session_id=session.public_id, person_ids=[lively.kept.pk], reason="mistake", voided_by_id=None,
        platform=current_platform(), at=at,
    )  # fmt: skip
    assert not Attendance.objects.filter(voided_at__isnull=True).exists()
    assert agree()
    rebuild(platform=current_platform(), at=at)
    assert agree()


def test_a_person_counts_once_in_the_headcount(two: Two, at: datetime) -> None:
    PostingFactory(person=two.other, institution=two.first.institution, valid_from=two.first.valid_from)
    merge(two, at)
    rows = principal_postings(cutoff=at.date(), institution_id=two.first.institution_id)
    assert list(rows.values_list("person_id", flat=True)) == [two.kept.pk]


def test_training_is_asked_of_the_kept_person_alone(lively: Two, at: datetime) -> None:
    merge(lively, at)
    assert set(AssignedTraining.objects.values_list("person_id", flat=True)) == {lively.kept.pk}


def test_a_requirement_that_names_the_other_reaches_the_kept_person(two: Two, at: datetime) -> None:
    spec = make_spec(
        Course.objects.get().pk, starts_on=date(2025, 6, 1), due_on=date(2025, 12, 15),
        audience={"everybody": False, "people": (two.other.pk,)},
    )  # fmt: skip
    make_requirement(owner=two.first.institution, spec=spec, at=at)
    found = merge(two, at)
    assert AssignedTraining.objects.filter(person=two.kept).exists()
    undo(found, at)
    assert not AssignedTraining.objects.filter(person=two.kept).exists()


def test_certificates_of_both_are_the_persons(lively: Two, at: datetime) -> None:
    merge(lively, at)
    keys = list_holder_keys(person_id=lively.kept.pk)
    assert keys == [str(lively.kept.public_id), str(lively.other.public_id)]
    assert len(list_cards(holder_keys=keys, on=at.date())) == 1


def test_what_is_learned_after_the_merge_is_said_under_the_own_name(lively: Two, at: datetime) -> None:
    found = merge(lively, at)
    posting = lively.kept.postings.order_by("valid_from").first()
    enrolment = lively.kept.enrolments.get(context="citizen")
    learner = Learner(lively.kept, enrolment, current_platform())
    learner.complete(at + timedelta(hours=1))
    assert posting is not None and agree()
    undo(found, at + timedelta(hours=2))
    assert Completion.objects.get(enrolment=enrolment).person == lively.other
    assert agree()


def test_a_merged_record_can_be_merged_on_and_each_merge_undone_in_turn(lively: Two, at: datetime) -> None:
    third = PersonFactory(without_run=True)
    PostingFactory(institution=lively.first.institution, person=third)
    follow_people(person_ids=[third.pk], at=at)
    before = everything()
    first = merge(lively, at)
    second = merge(Two(third, lively.kept, lively.first, lively.second), at)
    lively.other.refresh_from_db()
    assert lively.other.merged_into == third
    assert agree()
    with pytest.raises(MergedSinceError):
        undo(first, at)
    undo(second, at)
    undo(first, at)
    assert everything() == before
    assert agree()

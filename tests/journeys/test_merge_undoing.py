"""Who two records are, which account stays, and until when it is undone."""

from datetime import datetime, timedelta

import pytest

from lms.journeys.erase_person import erase_person
from lms.people.models import AccessLogEntry, Person, Posting, Pseudonym, User
from lms.people.services.merging import (
    AccountChoiceMissingError,
    AccountWithRolesError,
    Left,
    MergedSinceError,
    PersonGoneError,
    SamePersonError,
    TooLateError,
    TwoRunsError,
    forget_merges,
)
from lms.progress.models import AssignedTraining, Completion, Exemption
from lms.progress.services.assigned import follow_people
from tests.factories.people import PersonFactory, RoleAssignmentFactory, UserFactory
from tests.journeys.merging import Two, agree, everything, merge, undo


# --- Who they are -----------------------------------------------------------------------------------
def test_run_and_address_go_over_where_the_kept_has_none_and_back(two: Two, at: datetime) -> None:
    kept, merged = two.other, two.kept
    Person.objects.filter(pk=kept.pk).update(email="")
    before = everything()
    found = merge(Two(kept, merged, two.second, two.first), at)
    kept.refresh_from_db()
    assert (kept.run_fingerprint, kept.email) == (merged.run_fingerprint, merged.email)
    undo(found, at)
    assert everything() == before


def test_an_address_that_changed_since_stays_and_is_told(two: Two, at: datetime) -> None:
    Person.objects.filter(pk=two.kept.pk).update(email="")
    found = merge(two, at)
    Person.objects.filter(pk=two.kept.pk).update(email="nueva@servicio.example")
    assert undo(found, at) == [Left("correo", 1)]
    two.kept.refresh_from_db()
    assert two.kept.email == "nueva@servicio.example"


def test_rows_that_are_gone_are_told_and_the_others_go_back(lively: Two, at: datetime) -> None:
    found = merge(lively, at)
    Posting.objects.filter(pk=lively.second.pk).delete()
    Exemption.objects.all().delete()
    assert undo(found, at) == [Left("destinación", 1), Left("eximición", 1)]
    assert lively.other.completions.count() == 1


def test_two_different_runs_are_two_people(two: Two, at: datetime) -> None:
    stranger = PersonFactory()
    before = everything()
    with pytest.raises(TwoRunsError):
        merge(Two(two.kept, stranger, two.first, two.second), at)
    assert everything() == before


def test_one_record_is_not_merged_with_itself_nor_with_one_that_is_gone(two: Two, at: datetime) -> None:
    with pytest.raises(SamePersonError):
        merge(Two(two.kept, two.kept, two.first, two.first), at)
    merge(two, at)
    with pytest.raises(PersonGoneError):
        merge(two, at)


# --- Accounts ---------------------------------------------------------------------------------------
def give_accounts(two: Two) -> tuple[User, User]:
    users = UserFactory(), UserFactory()
    for person, user in zip((two.kept, two.other), users, strict=True):
        Person.objects.filter(pk=person.pk).update(user=user)
    return users


def test_the_only_account_goes_over_and_back(two: Two, at: datetime) -> None:
    user = UserFactory()
    Person.objects.filter(pk=two.other.pk).update(user=user)
    found = merge(two, at)
    two.kept.refresh_from_db()
    assert two.kept.user == user and user.is_active
    undo(found, at)
    two.other.refresh_from_db()
    assert two.other.user == user


@pytest.mark.parametrize("stays", [0, 1])
def test_of_two_accounts_the_chosen_stays_and_the_other_is_closed_until_undone(
    two: Two, at: datetime, stays: int
) -> None:
    users = give_accounts(two)
    before = everything()
    with pytest.raises(AccountChoiceMissingError):
        merge(two, at)
    found = merge(two, at, account_of=(two.kept.pk, two.other.pk)[stays])
    two.kept.refresh_from_db()
    assert two.kept.user == users[stays]
    assert [User.objects.get(pk=user.pk).is_active for user in users] == [stays == 0, stays == 1]
    undo(found, at)
    assert everything() == before


def test_an_account_with_a_role_is_not_closed(two: Two, at: datetime) -> None:
    users = give_accounts(two)
    RoleAssignmentFactory(user=users[1])
    with pytest.raises(AccountWithRolesError):
        merge(two, at, account_of=two.kept.pk)
    RoleAssignmentFactory(user=users[0], ended=True)
    merge(two, at, account_of=two.other.pk)


# --- Undoing in time --------------------------------------------------------------------------------
def test_after_thirty_days_it_cannot_be_undone(two: Two, at: datetime) -> None:
    found = merge(two, at)
    with pytest.raises(TooLateError):
        undo(found, at + timedelta(days=30))


def test_it_is_undone_once(two: Two, at: datetime) -> None:
    found = merge(two, at)
    undo(found, at)
    with pytest.raises(TooLateError):
        undo(found, at)
    merge(two, at)


@pytest.mark.parametrize(("days", "forgotten"), [(29, 0), (30, 1)])
def test_lists_and_names_of_old_merges_are_forgotten(
    two: Two, at: datetime, days: int, forgotten: int
) -> None:
    found = merge(two, at)
    assert forget_merges(at=at + timedelta(days=days)) == forgotten
    found.refresh_from_db()
    two.other.refresh_from_db()
    assert (found.moved == {}, two.other.given_names == "Ficha fusionada") == (forgotten == 1, forgotten == 1)
    assert forget_merges(at=at + timedelta(days=days)) == 0


def test_both_can_read_that_it_happened(two: Two, at: datetime) -> None:
    found = merge(two, at)
    undo(found, at)
    told = AccessLogEntry.objects.values_list("subject_id", "detail").order_by("pk")
    assert list(told) == [
        (two.kept.pk, "people_merged"), (two.kept.pk, "merge_undone"), (two.other.pk, "merge_undone"),
    ]  # fmt: skip


def test_erasing_the_person_erases_the_merged_record_too(lively: Two, at: datetime) -> None:
    found = merge(lively, at)
    lively.kept.refresh_from_db()
    erase_person(person=lively.kept, at=at)
    assert Person.objects.filter(erased_at=at).count() == 2
    assert not Pseudonym.objects.exists()
    assert not AssignedTraining.objects.exists()
    assert Completion.objects.count() == 1
    with pytest.raises(MergedSinceError):
        undo(found, at)
    assert agree()


def test_people_are_asked_the_same_when_drawn_again(lively: Two, at: datetime) -> None:
    merge(lively, at)
    assert follow_people(person_ids=[lively.kept.pk, lively.other.pk], at=at) == 0

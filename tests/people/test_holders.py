"""Who holds a role in which institution, from there or from above."""

from datetime import datetime, timedelta

import pytest

from lms.people.models import Institution, Role, User
from lms.people.selectors.holders import Holders, read_holders
from tests.factories.people import InstitutionFactory, PersonFactory, RoleAssignmentFactory, UserFactory
from tests.queries import count_queries

pytestmark = pytest.mark.django_db
ROLE = Role.INTEGRITY_COORDINATOR


def account(name: str, **more: object) -> User:
    found: User = UserFactory(first_name=name, last_name="", **more)
    return found


def give(user: User, institution: Institution, **more: object) -> None:
    RoleAssignmentFactory(user=user, role=more.pop("role", ROLE), institution=institution, **more)


def names(holders: Holders, institution: Institution) -> tuple[list[str], list[str]]:
    """All, and the nearest."""
    pk = institution.pk
    return [h.name for h in holders.everybody_of(pk)], [h.name for h in holders.nearest_of(pk)]


def test_the_nearest_are_the_own_and_without_them_those_from_above(at: datetime) -> None:
    ministry = InstitutionFactory()
    service, office = (InstitutionFactory(parent=ministry) for _place in range(2))
    give(account("Marta"), ministry, with_dependents=True)
    give(account("Iris"), service)
    give(account("Vera"), ministry)
    holders = read_holders(role=ROLE, at=at)
    assert names(holders, service) == (["Iris", "Marta"], ["Iris"])
    assert names(holders, office) == (["Marta"], ["Marta"])
    assert names(holders, ministry) == (["Marta", "Vera"], ["Marta", "Vera"])


def test_who_holds_it_there_and_from_above_counts_once(at: datetime) -> None:
    ministry = InstitutionFactory()
    service, both = InstitutionFactory(parent=ministry), account("Iris")
    give(both, ministry, with_dependents=True)
    give(both, service)
    assert names(read_holders(role=ROLE, at=at), service)[0] == ["Iris"]


def test_closed_accounts_other_roles_and_ended_ones_do_not_count(at: datetime) -> None:
    place = InstitutionFactory()
    give(account("Cerrada", is_active=False), place)
    give(account("Otra"), place, role=Role.HR)
    give(account("Antes"), place, valid_until=at - timedelta(days=1))
    assert names(read_holders(role=ROLE, at=at), place) == ([], [])


def test_only_an_account_of_a_present_person_can_be_written_to(at: datetime) -> None:
    place, with_person = InstitutionFactory(), account("Ana")
    PersonFactory(user=with_person)
    give(with_person, place)
    give(account("Beto"), place)
    found = read_holders(role=ROLE, at=at).everybody_of(place.pk)
    assert [(one.name, one.person_id is not None) for one in found] == [("Ana", True), ("Beto", False)]


def test_it_costs_two_queries_however_many_there_are(at: datetime) -> None:
    for number in range(5):
        give(account(f"N{number}"), InstitutionFactory())
    assert count_queries(lambda: read_holders(role=ROLE, at=at)) == 2

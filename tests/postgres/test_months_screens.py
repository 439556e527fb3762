"""The screens of months: out of the way, and back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from lms.lib import clock
from lms.xapi.engines import current_engine
from lms.xapi.models import IndexRow, Statement
from lms.xapi.rules.positions import position_at
from tests.operations.conftest import _fixed_clock, admin, personas, rita
from tests.operations.saying import ours, say

__all__ = ["_fixed_clock", "admin", "personas", "rita"]
PAGE = "/registro/meses/"
OLD = f"{PAGE}2025/3/"


@pytest.fixture
def old_statement(admin: Client) -> Iterator[int]:
    """The position of a statement of March 2025.

    The record of PostgreSQL has its own clock: the pages are asked at its time.
    """
    current_engine().ensure_months({(2025, 3)})
    new = Statement.objects.get(id=say(ours()))
    then = position_at(datetime(2025, 3, 5, tzinfo=UTC))
    Statement.objects.filter(position=new.position).update(position=then)
    IndexRow.objects.filter(position=new.position).update(position=then)
    with time_machine.travel(new.stored, tick=True):
        yield then


def test_months_are_listed_newest_first_and_the_present_one_stays(admin: Client, old_statement: int) -> None:
    page = admin.get(PAGE)
    months = [(line.month.year, line.month.month) for line in page.context["lines"]]
    today = clock.now()

    assert months == sorted(months, reverse=True)
    assert {(2025, 3), (today.year, today.month)} <= set(months)
    assert "Marzo de 2025" in page.content.decode()
    may_go = {(line.month.year, line.month.month) for line in page.context["lines"] if line.may_go}
    assert (2025, 3) in may_go
    assert (today.year, today.month) not in may_go
    refused = admin.post(f"{PAGE}{today.year}/{today.month}/separar/", follow=True)
    assert "no se puede separar" in refused.content.decode()


def test_a_month_goes_and_comes_back_after_being_asked(admin: Client, old_statement: int) -> None:
    def is_there() -> bool:
        return Statement.objects.filter(position=old_statement).exists()

    asked = admin.get(f"{OLD}separar/")
    assert "No se borran" in asked.content.decode()
    assert is_there()
    gone = admin.post(f"{OLD}separar/", follow=True)
    assert "Marzo de 2025 quedó separado del registro." in gone.content.decode()
    assert "Traer de vuelta" in gone.content.decode()
    assert not is_there()
    assert "no se puede separar" in admin.post(f"{OLD}separar/", follow=True).content.decode()

    assert "vuelven a aparecer" in admin.get(f"{OLD}adjuntar/").content.decode()
    back = admin.post(f"{OLD}adjuntar/", follow=True)
    assert "Marzo de 2025 volvió al registro." in back.content.decode()
    assert is_there()
    again = admin.post(f"{OLD}adjuntar/", follow=True)
    assert "ya estaba en el registro" in again.content.decode()


@pytest.mark.parametrize("path", ["1999/3", "2025/13", "2025/0", "99999999999999999999/1"])
def test_an_unknown_month_is_not_found(admin: Client, path: str) -> None:
    for step in ("separar", "adjuntar"):
        assert admin.post(f"{PAGE}{path}/{step}/").status_code == 404


def test_the_list_folds_on_a_phone(admin: Client) -> None:
    assert "cards" in admin.get(PAGE).content.decode()

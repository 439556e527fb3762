"""What ``archive_statements`` says to what it cannot read, and that making months is harmless."""

import io

import pytest
from django.core.management import CommandError, call_command

from lms.xapi.engines import current_engine
from lms.xapi.models import Statement
from tests.xapi.sayings import say, saying

pytestmark = pytest.mark.django_db


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("archive_statements", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    "arguments",
    [
        ("detach",),
        ("attach",),
        ("detach", "2025"),
        ("detach", "2025-13"),
        ("detach", "2025-00"),
        ("detach", "25-03"),
        ("detach", "2025-x"),
        ("detach", "marzo"),
    ],
)
def test_a_month_that_cannot_be_read_is_said(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="2025-03"):
        command(*arguments)


def test_an_action_that_does_not_exist_is_said() -> None:
    with pytest.raises(CommandError, match="borrar"):
        command("borrar", "2025-03")


def test_making_months_twice_does_no_harm() -> None:
    for _ in range(2):
        current_engine().ensure_months([(2031, 5), (2031, 6)])
    say(saying())
    assert Statement.objects.count() == 1

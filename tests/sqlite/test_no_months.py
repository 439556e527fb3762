"""On SQLite there are no months: the command and the screen say so."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.operations.conftest import _fixed_clock, admin, personas, rita

__all__ = ["_fixed_clock", "admin", "personas", "rita"]
pytestmark = pytest.mark.django_db
PAGE = "/registro/meses/"
OLD = f"{PAGE}2025/3/"


@pytest.mark.parametrize("arguments", [(), ("list",), ("detach", "2025-03"), ("attach", "2025-03")])
def test_without_postgresql_the_command_says_so(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="Solo PostgreSQL"):
        call_command("archive_statements", *arguments)


def test_one_file_says_so(admin: Client) -> None:
    text = admin.get(PAGE).content.decode()

    assert "Aquí el registro está en un solo archivo" in text
    for step in ("separar", "adjuntar"):
        assert admin.get(f"{OLD}{step}/").status_code == 404
        assert admin.post(f"{OLD}{step}/").status_code == 404

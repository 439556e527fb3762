"""The lock between those who publish requirements and those who draw people.

Who draws reads which requirements there are; a requirement that appears in the middle would miss
those people. So drawing holds a shared lock until it commits, and publishing waits for it, for a
moment. SQLite has one writer at a time and needs none.
"""

from django.db import connection

_ASKING = 0x4155_4C41_0001
"""Any number that no other advisory lock of this database uses."""


def hold_requirements() -> None:
    """Nothing is published until this transaction ends. One query on PostgreSQL, none on SQLite."""
    _lock("pg_advisory_xact_lock_shared")


def change_requirements() -> None:
    """Wait for all who draw, and make the next ones wait until this transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_ASKING])

"""How rows reach the tables: one interface, a module per database.

Both give the same promise: positions grow in the order in which statements become visible to
``consistent_through``, and nothing is ever inserted before it (LRS requirement 2.1.3, s2).
"""

from datetime import datetime
from types import ModuleType

from django.db import connection

from lms.xapi.engines import postgres, sqlite
from lms.xapi.engines.rows import NewStatement
from lms.xapi.rules import positions

__all__ = ["NewStatement", "consistent_through", "current_engine"]


def current_engine() -> ModuleType:
    """The module for the default database.

    ``open_batch(count)`` → positions; ``insert(rows)`` → positions of what was new;
    ``insert_known(rows)`` for statements whose key exists already; ``insert_aliases(aliases)``;
    ``read(positions)``; ``settled_before()``, the position before which nothing will be added;
    ``ensure_months(months)``.
    """
    return postgres if connection.vendor == "postgresql" else sqlite


def consistent_through() -> datetime:
    """Every statement stored until this instant, included, can be read. One query."""
    return positions.stored_at(current_engine().settled_before() - 1)

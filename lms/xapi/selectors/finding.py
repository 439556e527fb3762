"""Which statements match a filter (xAPI-Communication 2.1.3), newest or oldest first, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from typing import Any
from uuid import UUID

from django.db import connection

from lms.xapi.engines import current_engine
from lms.xapi.models import Statement, StatementKey
from lms.xapi.rules import keys, positions


@dataclass(frozen=True)
class StatementFilter:
    """The filter of a request; times are instants of ``stored``; ``after`` continues a page.

    ``agent`` is what ``rules.keys.identify`` says of it; ``authority`` restricts to what one speaker
    stated (its ``Speaker.key``).
    """

    agent: str | None = None
    verb: str | None = None
    activity: str | None = None
    registration: str | None = None
    related_agents: bool = False
    related_activities: bool = False
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    authority: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class Page:
    """Statements in order, and the position to continue after; None at the end."""

    statements: list[Statement]
    next_after: int | None


def find_page(*, wanted: StatementFilter, limit: int) -> Page:
    """At most ``limit`` statements. Two queries, whatever the size of the record."""
    found = find_positions(wanted=wanted, limit=limit + 1)
    shown = found[:limit]
    rows = {row.position: row for row in current_engine().read(shown)}
    statements = [rows[position] for position in shown if position in rows]
    return Page(statements, shown[-1] if len(found) > limit else None)


def find_positions(*, wanted: StatementFilter, limit: int) -> list[int]:
    """The first ``limit`` positions that match, in order. One query.

    Each way of matching is read in the order of its own index and stops after ``limit`` rows, so that
    the cost depends on what is shown, not on what is stored.
    """
    order = "ASC" if wanted.ascending else "DESC"
    branches: list[str] = []
    values: list[Any] = []
    for branch, branch_values in _branches(wanted):
        # The one column of the branch, by its place: its name stands in several tables.
        branches.append(f"SELECT * FROM ({branch} ORDER BY 1 {order} LIMIT {int(limit)}) AS b")
        values += branch_values
    sql = branches[0]
    if len(branches) > 1:
        sql = f"{' UNION '.join(branches)} ORDER BY 1 {order} LIMIT {int(limit)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [position for (position,) in cursor.fetchall()]


def _branches(wanted: StatementFilter) -> list[tuple[str, list[Any]]]:
    """One query per way to match: by a column of the index row, or by a link."""
    columns: list[tuple[str, int]] = []
    if wanted.verb is not None:
        columns.append(("verb", keys.verb_key(wanted.verb)))
    if wanted.registration is not None:
        columns.append(("registration", keys.registration_key(wanted.registration)))
    ways = [_ways_of_agent(wanted), _ways_of_activity(wanted)]
    if wanted.authority is not None:
        ways.append([("link", wanted.authority)])
    return [_branch(wanted, [*columns, *chosen]) for chosen in product(*filter(None, ways))]


def _ways_of_agent(wanted: StatementFilter) -> list[tuple[str, int]]:
    if wanted.agent is None:
        return []
    ways = [("actor", keys.agent_key(wanted.agent)), ("link", keys.agent_key(wanted.agent))]
    if wanted.related_agents:
        ways += [
            ("link", keys.related_agent_key(wanted.agent)),
            ("link", keys.authority_key(wanted.agent)),
        ]
    return ways


def _ways_of_activity(wanted: StatementFilter) -> list[tuple[str, int]]:
    if wanted.activity is None:
        return []
    ways = [("activity", keys.activity_key(wanted.activity))]
    if wanted.related_activities:
        ways.append(("link", keys.related_activity_key(wanted.activity)))
    return ways


def _branch(wanted: StatementFilter, conditions: Sequence[tuple[str, int]]) -> tuple[str, list[Any]]:
    columns = [(name, key) for name, key in conditions if name != "link"]
    links = [key for name, key in conditions if name == "link"]
    tables = [f"xapi_link l{place}" for place in range(len(links))]
    where = [f"l{place}.key = %s" for place in range(len(links))]
    values: list[Any] = list(links)
    if columns or not links:
        tables.append("xapi_indexrow i")
        where += [f"i.{name} = %s" for name, _key in columns]
        values += [key for _name, key in columns]
        if not columns:
            where.append("i.via = 0")
    aliases = [table.split()[1] for table in tables]
    first = aliases[0]
    where += [f"{other}.position = {first}.position AND {other}.via = {first}.via" for other in aliases[1:]]
    low, high = _bounds(wanted)
    for alias in aliases:
        if low is not None:
            where.append(f"{alias}.position > %s")
            values.append(low)
        if high is not None:
            where.append(f"{alias}.position < %s")
            values.append(high)
    sql = f"SELECT DISTINCT {first}.position FROM {', '.join(tables)} WHERE {' AND '.join(where)}"
    return sql, values


def _bounds(wanted: StatementFilter) -> tuple[int | None, int | None]:
    """Exclusive positions. ``since`` is exclusive, ``until`` inclusive (xAPI-Communication 2.1.3)."""
    low = high = None
    if wanted.since is not None:
        low = min(positions.bound_at(wanted.since) + positions.TIES - 1, positions.LAST)
    if wanted.until is not None:
        high = min(positions.bound_at(wanted.until) + positions.TIES, positions.LAST)
    if wanted.after is not None:
        if wanted.ascending:
            low = wanted.after if low is None else max(low, wanted.after)
        else:
            high = wanted.after if high is None else min(high, wanted.after)
    return low, high


def find_statement(*, statement_id: UUID, voided: bool = False) -> Statement | None:
    """The statement with that id; only a voided one with ``voided``, only another without. Two queries."""
    key = StatementKey.objects.filter(pk=statement_id, position__isnull=False).first()
    if key is None or key.position is None or (key.voided_by is not None) != voided:
        return None
    return Statement.objects.filter(position=key.position).first()

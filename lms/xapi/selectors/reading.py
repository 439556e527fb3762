"""The record as a whole and by person, for the platform itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from lms.xapi.engines import current_engine
from lms.xapi.models import Statement, StatementKey
from lms.xapi.platform import Platform
from lms.xapi.rules import keys
from lms.xapi.rules.formats import parse_instant
from lms.xapi.rules.shapes import read_actor
from lms.xapi.rules.speakers import PLATFORM_ACCOUNT, platform_speaker
from lms.xapi.selectors.finding import StatementFilter, find_positions

CHUNK = 2000


@dataclass(frozen=True)
class Said:
    """A statement as the platform reads it: accounts, activities and times by name."""

    position: int
    raw: dict[str, Any]

    @property
    def id(self) -> UUID:
        return UUID(self.raw["id"])

    @property
    def actor_name(self) -> str:
        """The account name; empty for actors of another kind."""
        name: str = self.raw["actor"].get("account", {}).get("name", "")
        return name

    @property
    def verb(self) -> str:
        iri: str = self.raw["verb"]["id"]
        return iri

    @property
    def activity(self) -> str:
        """The id of the object, whatever it is; empty where it has none."""
        found: str = self.raw["object"].get("id", "")
        return found

    @property
    def vouched_by(self) -> int:
        """The key of its authority."""
        return keys.vouching_key(read_actor(self.raw["authority"]))

    @property
    def registration(self) -> UUID | None:
        found = self.raw.get("context", {}).get("registration")
        return UUID(found) if found else None

    @cached_property
    def timestamp(self) -> datetime:
        return parse_instant(self.raw["timestamp"])


def iterate_statements(*, platform: Platform, chunk: int = CHUNK) -> Iterator[Said]:
    """What the platform itself stated, in order of storage, voided or not: progress is made of this.

    Streamed, ``chunk`` at a time: bounded memory, one query each. What others say counts for nothing
    here, whatever they say: nobody else can have this authority.
    """
    own, account = platform_speaker(platform.base_iri).key, PLATFORM_ACCOUNT.encode()
    for row in iterate_bodies(chunk=chunk):
        # Most of what others say is passed over without being read.
        if account not in row.text:
            continue
        said = Said(row.position, row.raw)
        if said.vouched_by == own:
            yield said


def iterate_bodies(*, after: int = -(2**63), chunk: int = CHUNK) -> Iterator[Statement]:
    """Everything that was stored after a position, in order, voided or not; one query per chunk."""
    while True:
        rows = list(Statement.objects.filter(position__gt=after).order_by("position")[:chunk])
        yield from rows
        if len(rows) < chunk:
            return
        after = rows[-1].position


def iterate_rows(*, wanted: StatementFilter, chunk: int = CHUNK) -> Iterator[Statement]:
    """The rows of ``wanted``, oldest first, streamed; two queries per chunk.

    Voided statements are left out, as from every list.
    """
    after = wanted.after
    while True:
        step = replace(wanted, ascending=True, after=after)
        found = find_positions(wanted=step, limit=chunk)
        if not found:
            return
        yield from sorted(current_engine().read(found), key=lambda row: row.position)
        after = found[-1]


def list_raw_of(*, actors: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """What the record says of one person, oldest first, with what was taken back.

    Args:
        actors: the person's accounts, as home page and name.

    A few queries per account and thousand statements. What was voided is part of the person's
    record: it comes with the statement that took it back, which is found through it.
    """
    found: dict[int, dict[str, Any]] = {}
    for home, name in actors:
        wanted = StatementFilter(agent=f"account {home} {name}")
        for row in iterate_rows(wanted=wanted):
            found[row.position] = row.raw
            _add_voided(found, row)
    return [found[position] for position in sorted(found)]


def _add_voided(found: dict[int, dict[str, Any]], row: Statement) -> None:
    target = row.raw["object"]
    if target.get("objectType") != "StatementRef":
        return
    key = StatementKey.objects.filter(pk=target["id"], voided_by=row.id, position__isnull=False).first()
    voided = None if key is None else Statement.objects.filter(id=key.id, position=key.position or 0).first()
    if voided is not None:
        found[voided.position] = voided.raw

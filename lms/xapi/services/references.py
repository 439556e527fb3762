"""Statements about statements: what voids another, and what is found through another.

A statement with a StatementRef as its object matches a filter that its target matches, and so on
along the chain (xAPI-Communication 2.1.3): it gets the index rows of every statement of its chain.
The key row of the target is where two writers meet: whoever comes second waits for the first.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from lms.xapi.engines import current_engine
from lms.xapi.engines.rows import NewAlias
from lms.xapi.models import IndexRow, Link, Reference, Statement, StatementKey
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.keys import Keys, keys_of, reference_of, vouching_key
from lms.xapi.rules.shapes import Actor
from lms.xapi.rules.speakers import SpeechError
from lms.xapi.rules.statements import Checked, check_statement

if TYPE_CHECKING:
    from lms.xapi.services.storing import Stored

LONGEST_CHAIN = 100


def link_references(*, stored: Sequence["Stored"]) -> None:
    """Index what refers to another statement and carry out what voids one. No query where none does.

    Raises:
        InvalidValueError: a voiding statement is to be voided.
        SpeechError: it would void what somebody else stated.
    """
    referring = [(said, UUID(named)) for said in stored if (named := reference_of(said.checked))]
    if not referring:
        return
    StatementKey.objects.bulk_create(
        [StatementKey(id=target) for target in sorted({target for _said, target in referring})],
        ignore_conflicts=True,
    )
    Reference.objects.bulk_create(
        [Reference(target=target, position=said.position) for said, target in referring],
        ignore_conflicts=True,
    )
    known = _Known()
    for said, target in referring:
        current_engine().insert_aliases(known.aliases(said.position, said.checked))
        if said.checked.is_voiding:
            _void(target, voiding=said, known=known)


def link_arrivals(*, arrivals: Sequence[tuple[int, StatementKey]]) -> None:
    """Statements came that others referred to before: whoever refers to them is found through them now."""
    known = _Known()
    for position, key in arrivals:
        _index_referrers(key.id, known=known, seen=set())
        if key.voided_by is not None:
            _void_arrival(position, key, known=known)


class _Known:
    """Stored statements, each read once per batch: chains share their tails."""

    def __init__(self) -> None:
        self._found: dict[UUID, Checked | None] = {}

    def by_id(self, statement_id: UUID) -> Checked | None:
        """The statement, None where it is not stored (or its month is archived)."""
        if statement_id not in self._found:
            key = StatementKey.objects.filter(pk=statement_id).first()
            position = None if key is None else key.position
            self._found[statement_id] = None if position is None else _read(position)
        return self._found[statement_id]

    def aliases(self, position: int, checked: Checked) -> list[NewAlias]:
        """The keys of each statement along the chain, nearest first, as far as it is stored."""
        aliases: list[NewAlias] = []
        seen: set[str] = set()
        target = reference_of(checked)
        while target and target not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(target)
            found = self.by_id(UUID(target))
            if found is None:
                break
            aliases.append(NewAlias(position, len(seen), _keys(found)))
            target = reference_of(found)
        return aliases


def _void(target: UUID, *, voiding: "Stored", known: _Known) -> None:
    key = StatementKey.objects.select_for_update().get(pk=target)
    checked = known.by_id(target)
    if checked is not None and key.position is not None:
        if checked.is_voiding:
            raise InvalidValueError("no se puede anular una declaración que anula", ".object.id")
        if _vouched_by(checked) != voiding.vouched_by:
            raise SpeechError("Solo quien hizo una declaración puede anularla.")
        _unindex(key.position, checked, known)
    if key.voided_by is None:
        key.voided_by = voiding.id
        key.save(update_fields=["voided_by"])


def _void_arrival(position: int, key: StatementKey, *, known: _Known) -> None:
    """It was voided before it came; unless it is one that cannot be, or not by whoever tried."""
    checked = _read(position)
    assert checked is not None
    rightful = None if checked.is_voiding else _find_voiding(key.id, _vouched_by(checked))
    StatementKey.objects.filter(pk=key.id).update(voided_by=rightful)
    if rightful is not None:
        _unindex(position, checked, known)


def _find_voiding(target: UUID, vouched_by: int) -> UUID | None:
    """The first statement that voids ``target`` and is by whoever made it."""
    positions = Reference.objects.filter(target=target).order_by("position").values("position")
    for row in Statement.objects.filter(position__in=positions).order_by("position"):
        found = _check(row.text)
        if found.is_voiding and _vouched_by(found) == vouched_by:
            return row.id
    return None


def _unindex(position: int, checked: Checked, known: _Known) -> None:
    links = set(_keys(checked).links)
    for alias in known.aliases(position, checked):
        links |= alias.keys.links
    IndexRow.objects.filter(position=position).delete()
    Link.objects.filter(key__in=links, position=position).delete()


def _index_referrers(target: UUID, *, known: _Known, seen: set[UUID]) -> None:
    if target in seen or len(seen) > LONGEST_CHAIN:
        return
    seen.add(target)
    for position in Reference.objects.filter(target=target).values_list("position", flat=True):
        referrer = Statement.objects.filter(position=position).first()
        if referrer is None:
            continue
        if IndexRow.objects.filter(position=position, via=0).exists():
            current_engine().insert_aliases(known.aliases(position, _check(referrer.text)))
        _index_referrers(referrer.id, known=known, seen=seen)


def _vouched_by(checked: Checked) -> int:
    assert isinstance(checked.shape.authority, Actor)
    return vouching_key(checked.shape.authority)


def _keys(checked: Checked) -> Keys:
    assert isinstance(checked.shape.authority, Actor)
    return keys_of(checked, authority=checked.shape.authority)


def _read(position: int) -> Checked | None:
    row = Statement.objects.filter(position=position).first()
    return None if row is None else _check(row.text)


def _check(text: bytes) -> Checked:
    # What is stored was valid by its own version; the newer rules admit both.
    return check_statement(text, version="2.0.0")

"""Statements about statements: what voids another, and what is found through another.

A statement with a StatementRef as its object matches a filter that its target matches, and so on
along the chain (xAPI-Communication 2.1.3): it gets the index rows of every statement of its chain.
The key row of the target is where two writers meet: whoever comes second waits for the first.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from lms.xapi.engines import current_engine
from lms.xapi.engines.rows import NewAlias
from lms.xapi.models import IndexRow, Link, Reference, Statement, StatementKey
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.keys import Keys, authority_key, identify, keys_of, reference_of
from lms.xapi.rules.shapes import Actor
from lms.xapi.rules.speakers import Speaker, SpeechError
from lms.xapi.rules.statements import Checked, check_statement

if TYPE_CHECKING:
    from lms.xapi.services.storing import Stored

LONGEST_CHAIN = 100


def link_references(*, stored: Sequence["Stored"], speaker: Speaker) -> None:
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
    for said, target in referring:
        _index_chain(said.position, said.checked)
        if said.checked.is_voiding:
            _void(target, by=said.id, speaker=speaker)


def link_arrivals(*, arrivals: Sequence[tuple[int, StatementKey]]) -> None:
    """Statements came that others referred to before: whoever refers to them is found through them now."""
    for position, key in arrivals:
        _index_referrers(key.id, seen=set())
        if key.voided_by is not None:
            _void_arrival(position, key)


def _void(target: UUID, *, by: UUID, speaker: Speaker) -> None:
    key = StatementKey.objects.select_for_update().get(pk=target)
    if key.position is not None:
        checked = _read(key.position)
        if checked is not None:
            if checked.is_voiding:
                raise InvalidValueError("no se puede anular una declaración que anula", ".object.id")
            if not _may_void(speaker, checked):
                raise SpeechError("Solo quien hizo una declaración puede anularla.")
            _unindex(key.position, checked)
    if key.voided_by is None:
        key.voided_by = by
        key.save(update_fields=["voided_by"])


def _may_void(speaker: Speaker, checked: Checked) -> bool:
    authority = checked.shape.authority
    assert isinstance(authority, Actor)
    return speaker.key == authority_key(identify(authority) or "")


def _void_arrival(position: int, key: StatementKey) -> None:
    """It was voided before it came; unless it is one that cannot be, or not by whoever tried."""
    assert key.voided_by is not None
    checked, voiding = _read(position), _read_by_id(key.voided_by)
    assert checked is not None
    same = voiding is not None and _vouched_by(voiding) == _vouched_by(checked)
    if checked.is_voiding or not same:
        StatementKey.objects.filter(pk=key.id).update(voided_by=None)
    else:
        _unindex(position, checked)


def _vouched_by(checked: Checked) -> str | None:
    authority = checked.shape.authority
    return identify(authority) if isinstance(authority, Actor) else None


def _unindex(position: int, checked: Checked) -> None:
    links = set(_keys(checked).links)
    for alias in _aliases(position, checked):
        links |= alias.keys.links
    IndexRow.objects.filter(position=position).delete()
    Link.objects.filter(key__in=links, position=position).delete()


def _index_chain(position: int, checked: Checked) -> None:
    current_engine().insert_aliases(_aliases(position, checked))


def _index_referrers(target: UUID, *, seen: set[UUID]) -> None:
    if target in seen or len(seen) > LONGEST_CHAIN:
        return
    seen.add(target)
    for position in Reference.objects.filter(target=target).values_list("position", flat=True):
        referrer = Statement.objects.filter(position=position).first()
        if referrer is None:
            continue
        if IndexRow.objects.filter(position=position, via=0).exists():
            _index_chain(position, _check(referrer.text))
        _index_referrers(referrer.id, seen=seen)


def _aliases(position: int, checked: Checked) -> list[NewAlias]:
    return [NewAlias(position, via, keys) for via, keys in enumerate(_chain(checked), start=1)]


def _chain(checked: Checked) -> Iterator[Keys]:
    """The keys of each statement along the chain, nearest first, as far as it is stored."""
    seen: set[str] = set()
    target = reference_of(checked)
    while target and target not in seen and len(seen) < LONGEST_CHAIN:
        seen.add(target)
        found = _read_by_id(UUID(target))
        if found is None:
            return
        yield _keys(found)
        target = reference_of(found)


def _keys(checked: Checked) -> Keys:
    assert isinstance(checked.shape.authority, Actor)
    return keys_of(checked, authority=checked.shape.authority)


def _read_by_id(statement_id: UUID) -> Checked | None:
    position = (
        StatementKey.objects.filter(pk=statement_id, position__isnull=False)
        .values_list("position", flat=True)
        .first()
    )
    return None if position is None else _read(position)


def _read(position: int) -> Checked | None:
    row = Statement.objects.filter(position=position).first()
    return None if row is None else _check(row.text)


def _check(text: bytes) -> Checked:
    # What is stored was valid by its own version; the newer rules admit both.
    return check_statement(text, version="2.0.0")

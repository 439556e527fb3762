"""Statements as the screens show them: a page of the list, and one with what belongs to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.operations.privacy import show_raw
from lms.operations.words import StatementWords, credential_of, describe_authority, describe_statement
from lms.operations.words_details import Details, describe_details
from lms.people.models import Pseudonym
from lms.xapi.models import Attachment, Credential, Reference, Statement, StatementKey
from lms.xapi.platform import Platform
from lms.xapi.rules.attachments import list_attachments
from lms.xapi.rules.json_text import decode_object
from lms.xapi.rules.positions import stored_at
from lms.xapi.selectors.activities import definitions_of
from lms.xapi.selectors.finding import StatementFilter, find_page, find_positions
from lms.xapi.statements import account_home

PER_PAGE = 50
MENTIONS_SHOWN = 20


@dataclass(frozen=True)
class Line:
    """A statement in the list."""

    id: UUID
    stored: datetime
    words: StatementWords
    vouched_by: str


@dataclass(frozen=True)
class Lines:
    """A page in the order of the filter; the positions from which the one before and the one after go on.

    ``raws`` are the statements as Python values.
    """

    lines: list[Line]
    raws: list[dict[str, Any]]
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Shown:
    """One statement. ``details`` and ``text`` are missing where its month is set apart.

    ``text`` is its JSON without names, empty where that cannot be drawn; ``mentions`` are the newest
    statements that refer to it.
    """

    id: UUID
    stored: datetime
    voided_by: UUID | None
    vouched_by: str = ""
    raw: dict[str, Any] = field(default_factory=dict)
    details: Details | None = None
    text: str = ""
    mentions: Sequence[UUID] = ()


def find_identifier(*, name: str, platform: Platform) -> str:
    """A pseudonym as ``rules.keys.identify`` says it, in the context in which it has statements.

    At most two queries. Whose it is does not matter, and may not be known any more.
    """
    found = [f"account {account_home(platform=platform, context=c)} {name}" for c in Pseudonym.Context.values]
    for identifier in found:
        if find_positions(wanted=StatementFilter(agent=identifier, related_agents=True), limit=1):
            return identifier
    return found[0]


def list_lines(
    *, wanted: StatementFilter, position: int | None, backwards: bool, platform: Platform
) -> Lines:
    """The page after ``position``, or before it with ``backwards``. Four queries, six at the start.

    Going back to where less than a page is left gives the first page whole.
    """
    step = replace(wanted, after=position, ascending=wanted.ascending != backwards)
    page = find_page(wanted=step, limit=PER_PAGE)
    if backwards and page.next_after is None:
        return list_lines(wanted=wanted, position=None, backwards=False, platform=platform)
    rows = page.statements[::-1] if backwards else page.statements
    has_before = position is not None
    has_after = backwards or page.next_after is not None
    raws = [decode_object(row.text) for row in rows]
    return Lines(
        lines=_lines(rows, raws, platform.base_iri),
        raws=raws,
        before=rows[0].position if rows and has_before else None,
        after=rows[-1].position if rows and has_after else None,
    )


def _lines(rows: Sequence[Statement], raws: list[dict[str, Any]], base_iri: str) -> list[Line]:
    _learn_names(raws)
    names = _credential_names(raws, base_iri)
    return [
        Line(
            id=row.id,
            stored=row.stored,
            words=describe_statement(raw, base_iri=base_iri),
            vouched_by=describe_authority(raw["authority"], base_iri=base_iri, names=names),
        )
        for row, raw in zip(rows, raws, strict=True)
    ]


def _learn_names(raws: Iterable[dict[str, Any]]) -> None:
    """Give activities that come without definition the one that the record knows. One query, or none."""
    nameless = [
        activity
        for raw in raws
        for activity in _activities(raw)
        if not activity.get("definition", {}).get("name")
    ]
    known = definitions_of(iris={activity["id"] for activity in nameless})
    for activity in nameless:
        if activity["id"] in known:
            activity["definition"] = known[activity["id"]]


def _activities(raw: dict[str, Any]) -> list[dict[str, Any]]:
    target = raw["object"]
    kind = target.get("objectType", "Activity")
    if kind == "SubStatement":
        target = target["object"]
        kind = target.get("objectType", "Activity")
    return [target] if kind == "Activity" else []


def _credential_names(raws: Iterable[dict[str, Any]], base_iri: str) -> dict[UUID, str]:
    """One query, or none."""
    found = (credential_of(raw["authority"], base_iri=base_iri) for raw in raws)
    ids = {authority_id for authority_id in found if authority_id is not None}
    if not ids:
        return {}
    return dict(Credential.objects.filter(authority_id__in=ids).values_list("authority_id", "name"))


def has_statement(*, statement_id: UUID) -> bool:
    """True where the record has it, voided or not. One query."""
    return StatementKey.objects.filter(pk=statement_id, position__isnull=False).exists()


def find_shown(*, statement_id: UUID, platform: Platform) -> Shown | None:
    """The statement with that id, voided or not; None where the record never had it.

    Seven queries at most.
    """
    key = StatementKey.objects.filter(pk=statement_id, position__isnull=False).first()
    if key is None or key.position is None:
        return None
    stored = stored_at(key.position)
    row = Statement.objects.filter(position=key.position).first()
    if row is None:
        return Shown(key.id, stored, key.voided_by)
    raw, base_iri = decode_object(row.text), platform.base_iri
    _learn_names([raw])
    return Shown(
        id=key.id,
        stored=stored,
        voided_by=key.voided_by,
        vouched_by=describe_authority(
            raw["authority"], base_iri=base_iri, names=_credential_names([raw], base_iri)
        ),
        raw=raw,
        details=describe_details(raw, base_iri=base_iri, kept=_kept(raw)),
        text=show_raw(row.text),
        mentions=_mentions(key.id),
    )


def _kept(raw: dict[str, Any]) -> frozenset[str]:
    """The hashes of its attachments whose file is here. One query, or none."""
    hashes = {attachment["sha2"].lower() for attachment in list_attachments(raw)}
    if not hashes:
        return frozenset()
    return frozenset(Attachment.objects.filter(pk__in=hashes).values_list("pk", flat=True))


def _mentions(statement_id: UUID) -> list[UUID]:
    """The newest statements that have this one as their object. Two queries."""
    positions = Reference.objects.filter(target=statement_id).order_by("-position")
    found = list(positions.values_list("position", flat=True)[:MENTIONS_SHOWN])
    if not found:
        return []
    rows = Statement.objects.filter(position__in=found).order_by("-position")
    return list(rows.values_list("id", flat=True))

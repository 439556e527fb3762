"""Everything a statement says, in words, one thing after the other."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lms.operations.words import (
    Party,
    StatementWords,
    describe_activity,
    describe_actor,
    describe_statement,
    shorten,
    show_text,
)
from lms.xapi.rules.attachments import list_attachments
from lms.xapi.rules.formats import parse_instant
from lms.xapi.rules.shapes import CONTEXT_LISTS

Node = Mapping[str, Any]
LONGEST_RESPONSE = 500


@dataclass(frozen=True)
class AttachmentWords:
    """A file that a statement speaks of; ``is_kept`` when its content is in the record too."""

    name: str
    content_type: str
    length: int
    url: str
    is_kept: bool


@dataclass(frozen=True)
class Details:
    """A statement taken apart. Empty where it does not say."""

    words: StatementWords
    at: datetime
    verb_iri: str
    activity_iri: str
    response: str
    registration: str
    activities: list[str]
    instructor: Party | None
    team: Party | None
    references: list[UUID]
    attachments: list[AttachmentWords]
    version: str


def describe_details(raw: Node, *, base_iri: str, kept: Collection[str]) -> Details:
    """Args:
    kept: the SHA-2, in lower case, of the files that are in the record.
    """
    target, context = raw["object"], raw.get("context") or {}
    is_activity = target.get("objectType", "Activity") == "Activity"

    def party(name: str) -> Party | None:
        return describe_actor(context[name], base_iri=base_iri) if name in context else None

    return Details(
        words=describe_statement(raw, base_iri=base_iri),
        at=parse_instant(raw["timestamp"]),
        verb_iri=raw["verb"]["id"],
        activity_iri=target["id"] if is_activity else "",
        response=shorten((raw.get("result") or {}).get("response", ""), LONGEST_RESPONSE),
        registration=context.get("registration", ""),
        activities=list(dict.fromkeys(_context_activities(context, base_iri))),
        instructor=party("instructor"),
        team=party("team"),
        references=list(_references(target, context)),
        attachments=[
            AttachmentWords(
                name=show_text(attachment["display"]),
                content_type=attachment["contentType"],
                length=attachment["length"],
                url=attachment.get("fileUrl", ""),
                is_kept=attachment["sha2"].lower() in kept,
            )
            for attachment in list_attachments(raw)
        ],
        version=raw.get("version", ""),
    )


def _context_activities(context: Node, base_iri: str) -> Iterator[str]:
    lists = context.get("contextActivities") or {}
    for name in CONTEXT_LISTS:
        found = lists.get(name, [])
        listed = found if isinstance(found, list) else [found]
        yield from (describe_activity(activity, base_iri=base_iri) for activity in listed)


def _references(target: Node, context: Node) -> Iterator[UUID]:
    if target.get("objectType") == "StatementRef":
        yield UUID(target["id"])
    if "statement" in context:
        yield UUID(context["statement"]["id"])

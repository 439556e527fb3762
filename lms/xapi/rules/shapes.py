"""The shapes of xAPI objects: unknown properties, null and wrong types are refused on decoding.

Sections 2.4 of xAPI-Data 1.0.3 and 4.2 of IEEE 9274.1.1. ``UNSET`` stands for an absent property,
so ``null`` is an error everywhere but inside extensions, which are kept as they came.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from lms.xapi.rules import formats

Text = str | UnsetType
Iri = Annotated[str, Meta(pattern=formats.IRI_PATTERN)]
Uuid = Annotated[str, Meta(pattern=formats.UUID_PATTERN)]
LanguageMap = dict[str, str] | UnsetType
Extensions = dict[str, Raw] | UnsetType
Number = int | float | UnsetType
IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
"""What names an Agent, or an identified Group (xAPI-Data 2.4.2.3)."""
CONTEXT_LISTS = ("parent", "grouping", "category", "other")


class Shape(Struct, forbid_unknown_fields=True, gc=False):
    """An object with exactly these properties."""


class Account(Shape):
    homePage: Iri  # noqa: N815
    name: str


class Actor(Shape):
    """An Agent or a Group; ``rules.statements`` tells them apart."""

    objectType: Text = UNSET  # noqa: N815
    name: Text = UNSET
    mbox: Annotated[str, Meta(pattern=formats.MBOX_PATTERN)] | UnsetType = UNSET
    mbox_sha1sum: Annotated[str, Meta(pattern=formats.SHA1_PATTERN)] | UnsetType = UNSET
    openid: Iri | UnsetType = UNSET
    account: Account | UnsetType = UNSET
    member: list["Actor"] | UnsetType = UNSET


class Verb(Shape):
    id: Iri
    display: LanguageMap = UNSET


class Component(Shape):
    id: Annotated[str, Meta(min_length=1)]
    description: LanguageMap = UNSET


Components = list[Component] | UnsetType


class Definition(Shape):
    name: LanguageMap = UNSET
    description: LanguageMap = UNSET
    type: Iri | UnsetType = UNSET
    moreInfo: Iri | UnsetType = UNSET  # noqa: N815
    extensions: Extensions = UNSET
    interactionType: Text = UNSET  # noqa: N815
    correctResponsesPattern: list[str] | UnsetType = UNSET  # noqa: N815
    choices: Components = UNSET
    scale: Components = UNSET
    source: Components = UNSET
    target: Components = UNSET
    steps: Components = UNSET


class Activity(Shape):
    id: Iri
    objectType: Text = UNSET  # noqa: N815
    definition: Definition | UnsetType = UNSET


class StatementRef(Shape):
    objectType: str  # noqa: N815
    id: Uuid


class Score(Shape):
    scaled: Annotated[float, Meta(ge=-1, le=1)] | UnsetType = UNSET
    raw: Number = UNSET
    min: Number = UNSET
    max: Number = UNSET


class Result(Shape):
    score: Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: Text = UNSET
    duration: Text = UNSET
    extensions: Extensions = UNSET


Activities = list[Activity] | Activity | UnsetType


class ContextActivities(Shape):
    parent: Activities = UNSET
    grouping: Activities = UNSET
    category: Activities = UNSET
    other: Activities = UNSET

    def lists(self) -> Iterator[tuple[str, list[Activity]]]:
        """The lists that are there, by name; a lone activity as a list of one."""
        for name in CONTEXT_LISTS:
            found = getattr(self, name)
            if found is not UNSET:
                yield name, found if type(found) is list else [found]


RelevantTypes = Annotated[list[Iri], Meta(min_length=1)] | UnsetType


class ContextAgent(Shape):
    objectType: str  # noqa: N815
    agent: Actor
    relevantTypes: RelevantTypes = UNSET  # noqa: N815


class ContextGroup(Shape):
    objectType: str  # noqa: N815
    group: Actor
    relevantTypes: RelevantTypes = UNSET  # noqa: N815


class Context(Shape):
    registration: Uuid | UnsetType = UNSET
    instructor: Actor | UnsetType = UNSET
    team: Actor | UnsetType = UNSET
    contextActivities: ContextActivities | UnsetType = UNSET  # noqa: N815
    contextAgents: list[ContextAgent] | UnsetType = UNSET  # noqa: N815
    contextGroups: list[ContextGroup] | UnsetType = UNSET  # noqa: N815
    revision: Text = UNSET
    platform: Text = UNSET
    language: Text = UNSET
    statement: StatementRef | UnsetType = UNSET
    extensions: Extensions = UNSET


class Attachment(Shape):
    usageType: Iri  # noqa: N815
    display: dict[str, str]
    contentType: Annotated[str, Meta(pattern=formats.MEDIA_TYPE_PATTERN)]  # noqa: N815
    length: Annotated[int, Meta(ge=0)]
    sha2: Annotated[str, Meta(pattern=formats.SHA2_PATTERN)]
    description: LanguageMap = UNSET
    fileUrl: Iri | UnsetType = UNSET  # noqa: N815


Attachments = list[Attachment] | UnsetType


class SubStatement(Shape):
    objectType: str  # noqa: N815
    actor: Actor
    verb: Verb
    object: Raw
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    timestamp: Text = UNSET
    attachments: Attachments = UNSET


class Statement(Shape):
    actor: Actor
    verb: Verb
    object: Raw
    id: Uuid | UnsetType = UNSET
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    timestamp: Text = UNSET
    stored: Text = UNSET
    authority: Actor | UnsetType = UNSET
    version: Text = UNSET
    attachments: Attachments = UNSET


def read_actor(raw: Mapping[str, Any]) -> Actor:
    """The Agent or Group of a stored statement."""
    return msgspec.convert(raw, Actor)


class Typed(Struct):
    """Only the objectType of whatever it is."""

    objectType: Text = UNSET  # noqa: N815

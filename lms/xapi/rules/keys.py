"""What a statement can be found by (xAPI-Communication 2.1.3): 64-bit keys of agents, verbs, activities.

A key is eight bytes of BLAKE2b of what identifies the thing. Among ten million things the odds that any
two share a key are 1 in 370,000; to find one that shares a given key takes 2**64 attempts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

from msgspec import UNSET

from lms.xapi.rules.shapes import Activity, Actor, Context, StatementRef, SubStatement
from lms.xapi.rules.statements import Checked


@dataclass(frozen=True, slots=True)
class Keys:
    """The index row of a statement, and its links: what is not said in one of the four columns.

    ``links`` are keys of three kinds: further agents the ``agent`` filter matches, agents and
    activities that only the related filters match, and who vouches (``vouched_by``).
    """

    actor: int | None
    verb: int
    activity: int | None
    registration: int | None
    links: frozenset[int]


def agent_key(identifier: str) -> int:
    """Of whom the ``agent`` filter names."""
    return _key("agent", identifier)


def related_agent_key(identifier: str) -> int:
    """Of whom only ``related_agents`` finds."""
    return _key("related agent", identifier)


def authority_key(identifier: str) -> int:
    """Of who vouches for a statement."""
    return _key("authority", identifier)


def vouching_key(authority: Actor) -> int:
    """Of an authority: its Agent, or the two members of an anonymous Group."""
    return authority_key(" & ".join(sorted(_identifiers(authority))))


def verb_key(iri: str) -> int:
    return _key("verb", iri)


def activity_key(iri: str) -> int:
    return _key("activity", iri)


def related_activity_key(iri: str) -> int:
    """Of an activity that only ``related_activities`` finds."""
    return _key("related activity", iri)


def registration_key(registration: str) -> int:
    return _key("registration", registration.lower())


@lru_cache(maxsize=65536)
def _key(kind: str, text: str) -> int:
    digest = blake2b(text.encode(), digest_size=8, person=kind.encode()).digest()
    return int.from_bytes(digest, "big", signed=True)


def identify(actor: Actor) -> str | None:
    """One line that names the Agent or Group whatever else is said of it; None for an anonymous Group."""
    if actor.mbox is not UNSET:
        return f"mbox {actor.mbox}"
    if actor.account is not UNSET:
        return f"account {actor.account.homePage} {actor.account.name}"
    if actor.mbox_sha1sum is not UNSET:
        return f"mbox_sha1sum {actor.mbox_sha1sum.lower()}"
    if actor.openid is not UNSET:
        return f"openid {actor.openid}"
    return None


def keys_of(checked: Checked, *, authority: Actor) -> Keys:
    """The keys of a statement that ``authority`` vouches for."""
    shape, target = checked.shape, checked.object
    first = identify(shape.actor)
    direct = set(_identifiers(shape.actor))
    related: set[str] = set()
    activity: str | None = None
    activities: set[str] = set()
    if isinstance(target, Activity):
        activity = target.id
    elif isinstance(target, Actor):
        direct.update(_identifiers(target))
    elif isinstance(target, SubStatement):
        _collect_inner(checked, target, related, activities)
    if shape.context is not UNSET:
        _collect_context(shape.context, related, activities)
    links = {agent_key(name) for name in direct if name != first}
    links.update(related_agent_key(name) for name in related - direct)
    links.update(related_activity_key(iri) for iri in activities if iri != activity)
    links.update(authority_key(name) for name in _identifiers(authority))
    links.add(vouching_key(authority))
    registration = shape.context.registration if shape.context is not UNSET else UNSET
    return Keys(
        actor=agent_key(first) if first else None,
        verb=verb_key(shape.verb.id),
        activity=activity_key(activity) if activity else None,
        registration=registration_key(registration) if registration is not UNSET else None,
        links=frozenset(links),
    )


def _identifiers(actor: Actor) -> Iterator[str]:
    """Of an Agent, or of a Group and its members: a filter for a member finds the group's statements."""
    own = identify(actor)
    if own:
        yield own
    if actor.member is not UNSET:
        for member in actor.member:
            name = identify(member)
            if name:
                yield name


def _collect_context(context: Context, agents: set[str], activities: set[str]) -> None:
    for actor in (context.instructor, context.team):
        if actor is not UNSET:
            agents.update(_identifiers(actor))
    if context.contextAgents is not UNSET:
        for agent in context.contextAgents:
            agents.update(_identifiers(agent.agent))
    if context.contextGroups is not UNSET:
        for group in context.contextGroups:
            agents.update(_identifiers(group.group))
    if context.contextActivities is not UNSET:
        for _name, found in context.contextActivities.lists():
            activities.update(activity.id for activity in found)


def _collect_inner(checked: Checked, inner: SubStatement, agents: set[str], activities: set[str]) -> None:
    """A SubStatement's parts are related, never direct (xAPI-Communication 2.1.3, related_*)."""
    agents.update(_identifiers(inner.actor))
    target = checked.inner_object
    if isinstance(target, Activity):
        activities.add(target.id)
    elif isinstance(target, Actor):
        agents.update(_identifiers(target))
    if inner.context is not UNSET:
        _collect_context(inner.context, agents, activities)


def reference_of(checked: Checked) -> str | None:
    """The id of the statement that this one has as its object."""
    return checked.object.id.lower() if isinstance(checked.object, StatementRef) else None

"""The two other forms of a statement: ``ids`` and ``canonical`` (xAPI-Communication 2.1.3)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lms.xapi.rules.activities import choose_language
from lms.xapi.rules.json_text import encode
from lms.xapi.rules.shapes import IDENTIFIERS
from lms.xapi.selectors.activities import definitions_of

Node = dict[str, Any]


def reduce_to_ids(statement: Node) -> bytes:
    """JSON with the minimum that identifies each agent, group, verb and activity; changes ``statement``."""
    _walk(statement, actor=_identified, verb=_verb_id, activity=_activity_id)
    return encode(statement)


def write_canonical(statements: Sequence[Node], *, languages: Sequence[str]) -> list[bytes]:
    """JSON with the activities as the record knows them and one language per text; one query.

    Changes ``statements``.
    """
    iris = {activity["id"] for statement in statements for activity in _activities(statement)}
    known = definitions_of(iris=iris)
    wishes = list(languages)

    def localise(texts: dict[str, str]) -> dict[str, str]:
        return choose_language(texts, wishes)

    def activity(node: Node) -> Node:
        definition = known.get(node["id"], {}) or node.get("definition", {})
        return {**node, "definition": _localised(definition, localise)} if definition else node

    def verb(node: Node) -> Node:
        return {**node, "display": localise(node["display"])} if "display" in node else node

    for statement in statements:
        _walk(statement, actor=lambda node: node, verb=verb, activity=activity)
        for attachment in statement.get("attachments", []):
            for name in ("display", "description"):
                if name in attachment:
                    attachment[name] = localise(attachment[name])
    return [encode(statement) for statement in statements]


def localise_definition(definition: Node, *, languages: Sequence[str]) -> Node:
    """A definition with one language per text."""
    wishes = list(languages)
    return _localised(definition, lambda texts: choose_language(texts, wishes))


def _localised(definition: Node, localise: Callable[[dict[str, str]], dict[str, str]]) -> Node:
    said = dict(definition)
    for name in ("name", "description"):
        if name in said:
            said[name] = localise(said[name])
    for name in ("choices", "scale", "source", "target", "steps"):
        if name in said:
            said[name] = [
                {**component, "description": localise(component["description"])}
                if "description" in component
                else component
                for component in said[name]
            ]
    return said


def _walk(
    statement: Node,
    *,
    actor: Callable[[Node], Node],
    verb: Callable[[Node], Node],
    activity: Callable[[Node], Node],
) -> None:
    """Replace every agent, verb and activity of a statement in place."""
    statement["actor"] = actor(statement["actor"])
    statement["verb"] = verb(statement["verb"])
    if "authority" in statement:
        statement["authority"] = actor(statement["authority"])
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        statement["object"] = activity(target)
    elif kind in ("Agent", "Group"):
        statement["object"] = actor(target)
    elif kind == "SubStatement":
        _walk(target, actor=actor, verb=verb, activity=activity)
    context = statement.get("context")
    if not context:
        return
    for name in ("instructor", "team"):
        if name in context:
            context[name] = actor(context[name])
    for name, field in (("contextAgents", "agent"), ("contextGroups", "group")):
        for item in context.get(name, []):
            item[field] = actor(item[field])
    lists = context.get("contextActivities", {})
    for name in lists:
        lists[name] = [activity(found) for found in lists[name]]


def _identified(actor: Node) -> Node:
    said = {name: actor[name] for name in ("objectType", *IDENTIFIERS) if name in actor}
    anonymous = not any(name in actor for name in IDENTIFIERS)
    if anonymous and "member" in actor:
        said["member"] = [_identified(member) for member in actor["member"]]
    return said


def _verb_id(verb: Node) -> Node:
    return {"id": verb["id"]}


def _activity_id(activity: Node) -> Node:
    # An object without objectType is an activity (xAPI-Data 2.4.4).
    return {"id": activity["id"]}


def _activities(statement: Node) -> Iterator[Node]:
    target = statement["object"]
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        yield target
    elif kind == "SubStatement":
        yield from _activities(target)
    lists = statement.get("context", {}).get("contextActivities", {})
    for found in lists.values():
        yield from found

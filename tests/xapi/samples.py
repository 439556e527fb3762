"""Statements that use everything xAPI has, and JSON text as clients write it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[Any, ...]


@dataclass(frozen=True)
class Text:
    """JSON text to be written as it is, valid or not."""

    text: str

    def __repr__(self) -> str:
        return f"Text({self.text[:40]!r})"


def write(value: Any) -> str:
    """JSON, with every ``Text`` in its place."""
    if isinstance(value, Text):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{json.dumps(key)}:{write(found)}" for key, found in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(write, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def read(raw: bytes) -> Any:
    """The JSON value with every number as the text it was written in."""
    return json.loads(raw, parse_int=lambda text: ("number", text), parse_float=lambda text: ("number", text))


EXTENSIONS: dict[str, Any] = {
    "https://otro.example/ext": {"n": [1, 2.5, True, None, "ñ 😀 \t", {"": []}], "null": None},
    "tag:otro.example,2026:x": Text("-0.10E+02"),
    "urn:grande": Text("123456789012345678901234567890"),
    "urn:nulo": None,
}
ANA: dict[str, Any] = {"objectType": "Agent", "name": "Ana Ñuñez", "mbox": "mailto:ana@otro.example"}
BRUNO: dict[str, Any] = {"account": {"homePage": "https://otro.example/", "name": "bruno 1"}}
CARLA: dict[str, Any] = {"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}
DIEGO: dict[str, Any] = {"openid": "https://diego.otro.example/"}
TEAM: dict[str, Any] = {"objectType": "Group", "name": "Equipo", "member": [ANA, BRUNO, CARLA]}
UNIT: dict[str, Any] = {"objectType": "Group", "mbox": "mailto:unidad@otro.example", "member": [DIEGO]}
VERB: dict[str, Any] = {
    "id": "http://adlnet.gov/expapi/verbs/answered",
    "display": {"es-CL": "respondió", "en": "answered", "zh-Hant-TW": "回答"},
}
COURSE: dict[str, Any] = {
    "id": "https://otro.example/curso",
    "definition": {
        "name": {"es": "Curso"},
        "type": "http://adlnet.gov/expapi/activities/course",
        "extensions": EXTENSIONS,
    },
}


def interaction(kind: str, **lists: list[str]) -> dict[str, Any]:
    """An activity that asks, with the component lists of its kind."""
    components = {
        name: [{"id": found, "description": {"es": found, "en": found}} for found in ids]
        for name, ids in lists.items()
    }
    return {
        "objectType": "Activity",
        "id": f"https://otro.example/pregunta/{kind}",
        "definition": {
            "name": {"es": "¿Qué?", "en-US": "What?"},
            "description": {"es": "Una pregunta"},
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "moreInfo": "https://otro.example/más",
            "interactionType": kind,
            "correctResponsesPattern": ["a[,]b", ""],
            "extensions": EXTENSIONS,
            **components,
        },
    }


RESULT: dict[str, Any] = {
    "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
    "success": True,
    "completion": False,
    "response": "a[,]b",
    "duration": "P1DT2H3M4.567S",
    "extensions": EXTENSIONS,
}
ATTACHMENTS: list[dict[str, Any]] = [
    {
        "usageType": "https://otro.example/uso",
        "display": {"es": "Informe"},
        "description": {"es": "El informe"},
        "contentType": "text/plain; charset=utf-8",
        "length": 27,
        "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
        "fileUrl": "https://otro.example/informe.txt",
    }
]
CONTEXT: dict[str, Any] = {
    "registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7",
    "instructor": DIEGO,
    "team": TEAM,
    "contextActivities": {
        "parent": [COURSE],
        "grouping": [{"id": "https://otro.example/programa"}, COURSE],
        "category": [{"objectType": "Activity", "id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}],
        "other": [interaction("choice", choices=["a", "b"])],
    },
    "revision": "3",
    "platform": "Otra",
    "language": "es-CL",
    "statement": {"objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"},
    "extensions": EXTENSIONS,
}
WITHOUT_PLATFORM: dict[str, Any] = {k: v for k, v in CONTEXT.items() if k not in ("revision", "platform")}
_REST: dict[str, Any] = {"timestamp": "2026-11-20T12:00:00.123-03:00", "attachments": ATTACHMENTS}
SUBSTATEMENT: dict[str, Any] = {
    "objectType": "SubStatement",
    "actor": BRUNO,
    "verb": VERB,
    "object": interaction("matching", source=["1"], target=["2"]),
    "result": RESULT,
    "context": CONTEXT,
    **_REST,
}
CONTEXT_ACTORS: dict[str, Any] = {
    "contextAgents": [
        {"objectType": "contextAgent", "agent": ANA, "relevantTypes": ["https://otro.example/t"]}
    ],
    "contextGroups": [{"objectType": "contextGroup", "group": UNIT}],
}
RICH: dict[str, dict[str, Any]] = {
    "choice": {
        "id": "12345678-1234-4234-8234-123456789012", "version": "1.0.3", "stored": "2026-11-20T12:00:00Z",
        "authority": ANA, "actor": ANA, "verb": VERB, "object": interaction("choice", choices=["a", "b"]),
        "result": RESULT, "context": CONTEXT, **_REST,
    },
    "likert": {"actor": TEAM, "verb": VERB, "object": interaction("likert", scale=["1"]), "context": WITHOUT_PLATFORM},
    "steps": {"actor": UNIT, "verb": VERB, "object": interaction("performance", steps=["1"]), "result": RESULT},
    "agent": {"actor": BRUNO, "verb": VERB, "object": CARLA | {"objectType": "Agent"}, "context": WITHOUT_PLATFORM},
    "group": {"actor": CARLA, "verb": VERB, "object": TEAM},
    "reference": {
        "actor": DIEGO, "verb": VERB,
        "object": {"objectType": "StatementRef", "id": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"},
    },
    "substatement": {"actor": ANA, "verb": VERB, "object": SUBSTATEMENT, "result": RESULT},
    "lone": {"actor": ANA, "verb": VERB, "object": COURSE, "context": {"contextActivities": {"parent": COURSE}}},
}  # fmt: skip
"""Valid by the rules of 1.0.3 and of 2.0."""
RICH_2: dict[str, dict[str, Any]] = {
    "context": {
        "actor": ANA,
        "verb": VERB,
        "object": COURSE,
        "context": CONTEXT | CONTEXT_ACTORS,
        "version": "2.0.0",
    },
    "inner": {"actor": ANA, "verb": VERB, "object": SUBSTATEMENT | {"context": CONTEXT_ACTORS}},
}
"""Valid by the rules of 2.0 only."""


def list_paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """The path of everything inside ``value``."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, found in pairs:
        yield (*path, key)
        yield from list_paths(found, (*path, key))


def find(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value


def replaced(value: Any, path: Path, new: Any) -> Any:
    """A copy with ``new`` at ``path``; what lies beside the path is shared."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


def as_kept(sent: Any, kept: Any) -> tuple[Any, Any]:
    """Both without what the record assigns, a lone context activity as a list: to be equal."""
    assigned = {"id", "stored", "authority"} | ({"timestamp", "version"} - set(sent))
    sent = {name: found for name, found in sent.items() if name not in assigned}
    kept = {name: found for name, found in kept.items() if name not in assigned}
    sent = _with_lists(sent)
    if isinstance(sent["object"], dict) and sent["object"].get("objectType") == "SubStatement":
        sent["object"] = _with_lists(sent["object"])
    return sent, kept


def _with_lists(statement: dict[str, Any]) -> dict[str, Any]:
    lists = statement.get("context", {}).get("contextActivities")
    if lists is None:
        return dict(statement)
    listed = {name: found if isinstance(found, list) else [found] for name, found in lists.items()}
    return statement | {"context": statement["context"] | {"contextActivities": listed}}

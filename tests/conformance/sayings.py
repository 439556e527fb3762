"""Statements and their parts for tests: small, ours, and all valid."""

import copy
import json
import uuid
from typing import Any

Node = dict[str, Any]
DROP = object()
"""As a value of ``changed``: without that property."""
VERB = "https://lrs.example/verbs/practised"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
COURSE = "https://lrs.example/activities/course"
EXTENSION = "https://lrs.example/extensions/place"
SOME_ID = "3f1a5d8e-6f0b-4b52-9b2c-55b1f2b7a001"
"""For the ids of tests, which must not change from run to run."""
SHA2 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
"""SHA-256 of ``foo``."""
SHA1 = "0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33"


def new_id() -> str:
    return str(uuid.uuid4())


def new_iri(kind: str = "activities") -> str:
    """An address that no other test uses."""
    return f"https://lrs.example/{kind}/{uuid.uuid4()}"


def agent(who: str = "ana", /, **more: Any) -> Node:
    return {"objectType": "Agent", "mbox": f"mailto:{who}@lrs.example", **more}


def group(*members: Node, **more: Any) -> Node:
    return {"objectType": "Group", "member": list(members), **more}


def activity(iri: str = COURSE, **definition: Any) -> Node:
    found: Node = {"objectType": "Activity", "id": iri}
    return found | {"definition": definition} if definition else found


def reference(statement_id: str) -> Node:
    return {"objectType": "StatementRef", "id": statement_id}


def attachment(**more: Any) -> Node:
    return {
        "usageType": "https://lrs.example/attachments/essay",
        "display": {"es": "Ensayo"},
        "description": {"es": "Sobre integridad"},
        "contentType": "text/plain",
        "length": 3,
        "sha2": SHA2,
        "fileUrl": "https://lrs.example/files/essay.txt",
        **more,
    }


def statement(**parts: Any) -> Node:
    """The smallest statement, with ``parts`` over it; ``DROP`` leaves a part out."""
    whole = {"actor": agent(), "verb": {"id": VERB}, "object": activity(), **parts}
    return {name: value for name, value in whole.items() if value is not DROP}


def voiding(statement_id: str, **parts: Any) -> Node:
    return statement(verb={"id": VOIDED}, object=reference(statement_id), **parts)


def substatement(**parts: Any) -> Node:
    """An object that is a statement itself."""
    return {"objectType": "SubStatement", **statement(**parts)}


def full_statement() -> Node:
    """Every property that a statement may have, but what the record assigns."""
    return statement(
        actor=agent(name="Ana"),
        verb={"id": VERB, "display": {"es": "practicó", "en-GB": "practised"}},
        object=activity(
            COURSE,
            name={"es": "Curso"},
            description={"es": "Un curso"},
            type="https://lrs.example/types/course",
            moreInfo="https://lrs.example/info",
            extensions={EXTENSION: {"room": None}},
            interactionType="choice",
            correctResponsesPattern=["a"],
            choices=[{"id": "a", "description": {"es": "A"}}, {"id": "b"}],
        ),
        result={
            "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
            "success": True,
            "completion": False,
            "response": "a",
            "duration": "PT1H30M",
            "extensions": {EXTENSION: "sala"},
        },
        context={
            "registration": SOME_ID,
            "instructor": agent("diego"),
            "team": group(agent("bruno"), name="Equipo"),
            "contextActivities": {
                name: [activity(f"https://lrs.example/activities/{name}")]
                for name in ("parent", "grouping", "category", "other")
            },
            "revision": "2",
            "platform": "Aula",
            "language": "es-CL",
            "statement": reference("8f1a5d8e-6f0b-4b52-9b2c-55b1f2b7a002"),
            "extensions": {EXTENSION: 1},
        },
        timestamp="2026-03-02T12:30:00.123Z",
        attachments=[attachment()],
    )


def changed(whole: Node, path: str, value: Any) -> Node:
    """A copy of ``whole`` with another value at a path such as ``object/id``; numbers are places in lists."""
    found = copy.deepcopy(whole)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split("/")]
    node: Any = found
    for step in steps:
        node = node[step] if isinstance(step, int) else node.setdefault(step, {})
    if value is DROP:
        del node[last]
    else:
        node[last] = value
    return found


def inside(whole: Node) -> Node:
    """A statement whose object is ``whole`` as a SubStatement."""
    return statement(object={"objectType": "SubStatement", **whole})


def text(whole: Any) -> bytes:
    return json.dumps(whole).encode()

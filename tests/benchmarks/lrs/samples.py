"""Statements to measure with: about a kilobyte, a thousand learners per hundred thousand, 200 activities."""

import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

ROOT = "https://lms.example.org"
VERBS = (
    "completed", "experienced", "answered", "passed", "failed", "initialized", "terminated", "progressed",
)  # fmt: skip
ACTIVITIES, COURSES, PROGRAMMES = 200, 20, 4


@dataclass
class Samples:
    """A repeatable stream of statements about ``learners`` people."""

    learners: int
    seed: int = 7
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def agent(self, learner: int) -> dict[str, object]:
        return {"objectType": "Agent", "account": {"homePage": ROOT, "name": f"persona-{learner}"}}

    def registration(self, learner: int) -> str:
        return str(uuid.UUID(bytes=learner.to_bytes(16, "big"), version=4))

    def activity(self, number: int) -> str:
        return f"{ROOT}/unidad/{number}"

    def course(self, number: int) -> str:
        return f"{ROOT}/curso/{number}"

    def text(self) -> bytes:
        """One statement with a new id, as JSON."""
        chance = self.chance
        learner, number = chance.randrange(self.learners), chance.randrange(ACTIVITIES)
        verb = chance.choice(VERBS)
        said = {
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)),
            "actor": self.agent(learner),
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en": verb, "es": verb}},
            "object": {
                "objectType": "Activity",
                "id": self.activity(number),
                "definition": {
                    "name": {"es": f"Unidad {number}"},
                    "description": {"es": "Cómo se aprueba el presupuesto y quién puede preguntar por él."},
                    "type": "http://adlnet.gov/expapi/activities/module",
                },
            },
            "result": {
                "score": {"scaled": round(chance.random(), 2)},
                "success": True,
                "completion": True,
                "duration": "PT1M3.5S",
            },
            "context": {
                "registration": self.registration(learner),
                "platform": "civic",
                "language": "es",
                "contextActivities": {
                    "parent": [{"id": self.course(number % COURSES)}],
                    "grouping": [{"id": f"{ROOT}/programa/{number % PROGRAMMES}"}],
                },
            },
            "timestamp": "2026-03-02T12:30:00.000Z",
        }
        return json.dumps(said, separators=(",", ":")).encode()

    def batches(self, *, size: int, count: int) -> Iterator[bytes]:
        """Bodies of requests: one statement, or a list."""
        for _ in range(count):
            if size == 1:
                yield self.text()
            else:
                yield b"[" + b",".join(self.text() for _ in range(size)) + b"]"

"""What is asked of the record: each a stream of paths."""

import json
import random
from collections.abc import Callable, Iterator
from urllib.parse import urlencode

from tests.benchmarks.lrs.samples import ACTIVITIES, COURSES, VERBS, Samples

LIMIT = 50


def reads(*, learners: int, known: str) -> dict[str, Callable[[], Iterator[tuple[str, bytes]]]]:
    """By name: filters of GET /statements, each request with another value."""
    samples, chance = Samples(learners=learners), random.Random(11)

    def ask(make: Callable[[], dict[str, str]]) -> Callable[[], Iterator[tuple[str, bytes]]]:
        def stream() -> Iterator[tuple[str, bytes]]:
            while True:
                yield f"/xapi/statements?{urlencode(make())}", b""

        return stream

    def agent() -> str:
        return json.dumps(samples.agent(chance.randrange(learners)))

    def with_limit(**more: str) -> dict[str, str]:
        return {"limit": str(LIMIT), **more}

    return {
        "por id": ask(lambda: {"statementId": known}),
        "las últimas 50": ask(lambda: with_limit()),
        "persona": ask(lambda: with_limit(agent=agent())),
        "actividad": ask(lambda: with_limit(activity=samples.activity(chance.randrange(ACTIVITIES)))),
        "persona y actividad": ask(
            lambda: with_limit(agent=agent(), activity=samples.activity(chance.randrange(ACTIVITIES)))
        ),
        "inscripción": ask(lambda: with_limit(registration=samples.registration(chance.randrange(learners)))),
        "verbo desde una fecha": ask(
            lambda: with_limit(
                verb=f"http://adlnet.gov/expapi/verbs/{chance.choice(VERBS)}",
                since=f"2026-0{chance.randrange(1, 9)}-01T00:00:00Z",
            )
        ),
        "verbo desde una fecha, ascendente": ask(
            lambda: with_limit(
                verb=f"http://adlnet.gov/expapi/verbs/{chance.choice(VERBS)}",
                since=f"2026-0{chance.randrange(1, 9)}-01T00:00:00Z",
                ascending="true",
            )
        ),
        "actividad, relacionadas": ask(
            lambda: with_limit(activity=samples.course(chance.randrange(COURSES)), related_activities="true")
        ),
        "persona, relacionadas": ask(lambda: with_limit(agent=agent(), related_agents="true")),
    }

"""One process per size: fills the database, publishes, looks as HR looks, runs the nightly work."""

import json
import resource
import sys
import threading
import time
from argparse import ArgumentParser
from dataclasses import asdict
from io import StringIO

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from lms.people.models import Institution, Posting, Role  # noqa: E402
from lms.people.services.roles import RolePlace, assign_role  # noqa: E402
from lms.progress.models import TrainingRequirement  # noqa: E402
from lms.progress.selectors.standings import count_by_unit  # noqa: E402
from lms.progress.services.applying import Queue, apply_step  # noqa: E402
from lms.progress.services.assigned import follow_people  # noqa: E402
from lms.progress.services.tallying import list_places, settle_place  # noqa: E402
from tests.benchmarks.cases import Case, Figure, Result  # noqa: E402
from tests.benchmarks.child import database_bytes  # noqa: E402
from tests.benchmarks.hr.filling import NOW, TODAY, Filled, fill, publish  # noqa: E402
from tests.benchmarks.hr.night import run_night  # noqa: E402
from tests.benchmarks.stopwatch import measure  # noqa: E402
from tests.factories.people import UserFactory  # noqa: E402
from tests.personas import client_for  # noqa: E402
from tests.queries import read_page  # noqa: E402


def run(people: int) -> Result:
    """Everything, in the order in which a service would meet it."""
    begun = time.perf_counter()
    filled = fill(people=people, seed=1, say=_say)
    figures = [Figure("Llenar la base (no es parte del servicio)", time.perf_counter() - begun)]
    figures += [_publish(requirement) for requirement in filled.requirements]
    _vacuum()
    figures.append(_settle())
    _vacuum()
    figures += _look(filled)
    _explain(filled)
    figures += run_night(at=NOW)
    return Result(
        case=Case(people),
        largest=filled.largest_people,
        database_bytes=database_bytes(),
        peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        figures=tuple(figures),
    )


def _publish(requirement: TrainingRequirement) -> Figure:
    """Publishes and goes through all; beside it a learner completes again and again: how long she waits."""
    begun = time.perf_counter()
    publish(requirement=requirement)
    waits: list[float] = []
    over = threading.Event()
    learner = threading.Thread(target=_learn, args=(over, waits))
    learner.start()
    steps, queue = [], Queue()
    while True:
        before = time.perf_counter()
        applied = apply_step(requirement_id=requirement.pk, at=NOW, queue=queue)
        steps.append(time.perf_counter() - before)
        if applied.is_finished:
            break
    over.set()
    learner.join()
    seconds = time.perf_counter() - begun
    _say(
        f"  {requirement.title}: {applied.people} personas en {seconds:.0f} s "
        f"({applied.people / seconds:.0f}/s); paso más largo {max(steps):.2f} s; "
        f"quien aprende esperó a lo más {max(waits, default=0):.2f} s en {len(waits)} veces"
    )
    return Figure(f"Publicar «{requirement.title}»", seconds)


def _learn(over: threading.Event, waits: list[float]) -> None:
    """Somebody in the middle whose timeline is drawn again, as completing a course does."""
    middle = Posting.objects.order_by("pk").values_list("person_id", flat=True)
    person_id = middle[middle.count() // 2]
    while not over.wait(0.5):
        begun = time.perf_counter()
        with transaction.atomic():
            follow_people(person_ids=[person_id], at=NOW)
        waits.append(time.perf_counter() - begun)
    connections.close_all()


def _settle() -> Figure:
    def settle() -> None:
        for place in list_places(until=TODAY):
            settle_place(place=place, day=TODAY)

    return measure(name="Cerrar los recuentos del mes", action=settle, warm=False)


def _look(filled: Filled) -> list[Figure]:
    _say(
        f"  la mayor: {filled.largest_people} personas, {filled.largest_units} unidades; "
        f"{filled.institutions} instituciones"
    )
    hr = _hr_of(filled.largest, with_dependents=False)
    ministry = _hr_of(filled.ministry, with_dependents=True)
    yearly, below = filled.requirements[0], filled.requirements[1]
    pages = [
        (hr, "Portada de la institución mayor", f"/cumplimiento/?exigencia={yearly.public_id}"),
        (hr, "Portada, una unidad", f"/cumplimiento/?exigencia={yearly.public_id}&unidad={_unit(filled)}"),
        (hr, "Portada, hace un año", f"/cumplimiento/?exigencia={yearly.public_id}&al=2025-11-20"),
        (hr, "Personas, atrasadas", f"/cumplimiento/personas/?exigencia={yearly.public_id}&estado=atrasada"),
        (
            ministry,
            "Ministerio y sus 30 servicios",
            f"/cumplimiento/instituciones/?exigencia={below.public_id}",
        ),
    ]
    return [_page(client, name, address) for client, name, address in pages]


def _page(client: Client, name: str, address: str) -> Figure:
    return measure(name=name, action=lambda: read_page(client, address))


def _hr_of(place: Institution, *, with_dependents: bool) -> Client:
    user = UserFactory(email=f"{place.code}@medicion.example")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    assign_role(user=user, role=Role.HR, place=RolePlace(place, None, with_dependents), at=NOW)
    return client_for(user)


def _unit(filled: Filled) -> int:
    return int(filled.largest.units.order_by("-pk").values_list("pk", flat=True)[0])


def _explain(filled: Filled) -> None:
    """The plan of the question that the first page rests on."""
    with connection.execute_wrapper(_explained):
        count_by_unit(
            requirement_id=filled.requirements[0].pk, institution_ids=[filled.largest.pk], day=TODAY
        )


def _explained(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
    with connection.connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        _say("\n".join(row[0] for row in cursor.fetchall()))
    return execute(sql, params, many, context)


def _vacuum() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("step", choices=["build", "measure"])
    parser.add_argument("--people", type=int, default=0)
    options = parser.parse_args()
    if options.step == "build":
        for command in ("migrate", "createcachetable", "set_up_site"):
            call_command(command, stdout=StringIO())
    else:
        json.dump(asdict(run(options.people)), sys.stdout)

"""One database of so many people: counted, published, sealed, and looked at. Called by ``__main__``."""

import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from courses.models import Course, CourseRelease  # noqa: E402
from lms.people.models import Estamento, Institution, LegalQuality, Person, Posting, Unit  # noqa: E402
from lms.plan.models import ActionPlan, Commitment, CoverageSnapshot, SealedSnapshot, TrainingGoal  # noqa: E402
from lms.plan.services import publish_goals, seal_now  # noqa: E402
from lms.progress.models import Completion, Enrolment, LearningContext  # noqa: E402

AT = datetime(2027, 3, 8, 15, 0, tzinfo=UTC)
HIRED = date(2024, 1, 1)
ROWS = 5000
RANKS = ((Estamento.DIRECTIVOS, 4), (Estamento.PROFESIONALES, 50), (Estamento.TECNICOS, 18),
         (Estamento.ADMINISTRATIVOS, 18), (Estamento.AUXILIARES, 10))  # fmt: skip
QUALITIES = ((LegalQuality.PLANTA, 30), (LegalQuality.CONTRATA, 56), (LegalQuality.HONORARIOS, 14))


def fill(people: int, institutions: int, goals: int) -> None:
    """Everybody in one institution by its weight; of each course a third completed."""
    dice = random.Random(1)
    places = [Institution.objects.create(code=f"Z{n:03d}", name=f"Servicio {n}") for n in range(institutions)]
    units = [Unit.objects.create(institution=place, code="U", name="Unidad") for place in places]
    weights = [dice.lognormvariate(0, 1.2) for _place in places]
    releases = [create_course(number) for number in range(goals)]
    create_goals(goals)
    for start in range(0, people, ROWS):
        count = min(ROWS, people - start)
        rows = Person.objects.bulk_create(Person(given_names="Ana", created_at=AT) for _n in range(count))
        seats = dice.choices(range(institutions), weights=weights, k=count)
        ranks = dice.choices([r for r, _w in RANKS], weights=[w for _r, w in RANKS], k=count)
        qualities = dice.choices([q for q, _w in QUALITIES], weights=[w for _q, w in QUALITIES], k=count)
        Posting.objects.bulk_create(
            Posting(person=row, institution=places[seat], unit=units[seat], estamento=rank, legal_quality=quality, valid_from=HIRED)
            for row, seat, rank, quality in zip(rows, seats, ranks, qualities, strict=True)
        )  # fmt: skip
        complete(rows, releases[dice.randrange(goals)], dice)


def create_course(number: int) -> CourseRelease:
    course = Course.objects.create(code=f"curso-{number}", title=f"Curso {number}", created_at=AT)
    return CourseRelease.objects.create(
        course=course, number=1, outline_data={}, structure_hash="a", content_hash="a", published_at=AT
    )


def create_goals(goals: int) -> None:
    """All of everybody but the last, which leaves out whoever is paid by fees."""
    plan = ActionPlan.objects.create(
        code="plan", title="Plan", country="Chile", period="2026", total_commitments=goals, is_current=True,
        installed_at=AT - timedelta(days=900),
    )  # fmt: skip
    for number in range(goals):
        commitment = Commitment.objects.create(plan=plan, number=number + 1, title=f"Compromiso {number}")
        TrainingGoal.objects.create(
            commitment=commitment, code="meta", title=f"Meta {number}", population="Todas.",
            course_codes=[f"curso-{number}"], includes_honorarios=number != goals - 1,
        )  # fmt: skip


def complete(rows: list[Person], release: CourseRelease, dice: random.Random) -> None:
    """A share of these people enrol and complete, another in each batch."""
    learners = [row for row in rows if dice.random() < 0.6]
    common = {"course": release.course, "release": release, "context": LearningContext.EMPLOYEE}
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(person=row, started_at=AT - timedelta(days=60), **common) for row in learners
    )
    Completion.objects.bulk_create(
        Completion(
            enrolment=enrolment, person=enrolment.person, completed_at=AT - timedelta(days=30),
            completed_on=(AT - timedelta(days=30)).date(), minutes=60, **common,
        )
        for enrolment in enrolments[::2]
    )  # fmt: skip


def report(name: str, work: Callable[[], object]) -> None:
    """Runs it; one line with seconds and the most memory so far."""
    begun = time.perf_counter()
    found = work()
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"  {name:46} {seconds:9.2f} s {memory:6d} MB  {found}\n")
    sys.stdout.flush()


def median_page(path: str) -> str:
    """Milliseconds, drawn anew and kept: each the median of five, after one that does not count."""
    client = Client()
    cold, warm = (
        [_time(client, path, is_cold=is_cold) for _turn in range(6)][1:] for is_cold in (True, False)
    )
    return f"{statistics.median(cold) * 1000:.0f} ms; otra vez {statistics.median(warm) * 1000:.0f} ms"


def _time(client: Client, path: str, *, is_cold: bool) -> float:
    if is_cold:
        caches["pages"].clear()
    begun = time.perf_counter()
    response = client.get(path)
    seconds = time.perf_counter() - begun
    assert response.status_code == 200
    return seconds


def seal() -> str:
    row = seal_now(plan_id=ActionPlan.objects.get().pk, reason="Medición", sealed_by_id=None, at=AT)
    return f"{len(row.content) // 1000} kB"


def verify() -> str:
    out = StringIO()
    call_command("verify_snapshots", stdout=out)
    return f"{out.getvalue().count('idéntica')} metas idénticas"


def main(people: int, institutions: int, goals: int) -> None:
    call_command("migrate", stdout=StringIO())
    settings.COVERAGE_PUBLISH_EVERY = "group"
    report("Crear las personas (no cuenta)", lambda: fill(people, institutions, goals))
    report("Contar y publicar todas las metas", lambda: publish_goals(cutoff=AT.date(), at=AT))
    tomorrow = AT + timedelta(days=1)
    report(
        "Otra vez, con una publicación anterior", lambda: publish_goals(cutoff=tomorrow.date(), at=tomorrow)
    )
    report("Sellar", seal)
    report("Comprobar el sello y contar de nuevo", verify)
    day = SealedSnapshot.objects.get().cutoff_date.isoformat()
    for path in (
        "/plan/",
        "/plan/plan/compromisos/1/",
        "/plan/datos/cobertura.csv",
        f"/plan/plan/cobertura/{day}/",
    ):
        report(path, lambda path=path: median_page(path))  # type: ignore[misc]
    levels = CoverageSnapshot.objects.filter(kind="current").values_list("published__level", flat=True)
    sys.stdout.write(f"  Detalle publicado: {sorted(levels)}\n")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:4]))

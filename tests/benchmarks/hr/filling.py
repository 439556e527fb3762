"""Filling a PostgreSQL database with institutions, people and three years of learning, in SQL.

The people are invented and have no statements: what is measured here reads rows of people and progress.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from django.db import connection

from courses.models import Course, CourseRelease
from courses.outline import CompletionRule, CourseOutline, ModuleSpec, UnitKind, UnitSpec, outline_to_json
from lms.demo.population import institution_sizes
from lms.people.models import Institution, Unit
from lms.progress.models import TrainingRequirement
from lms.progress.rules.requirements import AudienceSpec, DueSpec, RequirementSpec
from lms.progress.services.requirements import RequirementText, publish_requirement, save_draft

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
SERVICES_OF_MINISTRY = 30
PEOPLE_PER_UNIT = 60
MOST_UNITS = 400

Say = Callable[[str], None]


@dataclass(frozen=True)
class Filled:
    """What there is to look at."""

    people: int
    institutions: int
    largest: Institution
    largest_people: int
    largest_units: int
    ministry: Institution
    requirements: list[TrainingRequirement]


def fill(*, people: int, seed: int, say: Say) -> Filled:
    """Everything but the drawn timelines: those are made by publishing, which is measured."""
    sizes = sorted(institution_sizes(people=people, chance=Random(seed)), reverse=True)
    say(f"{people} personas en {len(sizes)} instituciones; la mayor tiene {sizes[0]}")
    ministry, places = _make_places(sizes)
    _make_people(people, sizes, places)
    courses = [_make_course(code) for code in ("anual", "segundo", "induccion")]
    for course, year, share in (
        (0, 2024, 70), (0, 2025, 75), (0, 2026, 60), (1, 2025, 50), (2, 2025, 40),
    ):  # fmt: skip
        _make_history(courses[course], year, share)
    _run("ANALYZE")
    requirements = _make_requirements(courses, ministry, places[0])
    units = places[0].units.count()
    return Filled(people, len(sizes), places[0], sizes[0], units, ministry, requirements)


def _make_places(sizes: list[int]) -> tuple[Institution, list[Institution]]:
    ministry = Institution.objects.create(code="ministerio", name="Ministerio", kind="ministry")
    places = Institution.objects.bulk_create(
        Institution(
            code=f"servicio-{number:03d}",
            name=f"Servicio {number:03d}",
            parent=ministry if number < SERVICES_OF_MINISTRY else None,
        )
        for number in range(len(sizes))
    )
    for place, size in zip(places, sizes, strict=True):
        count = max(1, min(MOST_UNITS, size // PEOPLE_PER_UNIT))
        units = Unit.objects.bulk_create(
            Unit(institution=place, code=f"u{n:03d}", name=f"Unidad {n:03d}") for n in range(count)
        )
        for number, unit in enumerate(units[1:], 1):
            unit.parent = units[(number - 1) // 8]
        Unit.objects.bulk_update(units, ["parent"], batch_size=500)
    return ministry, places


def _make_people(people: int, sizes: list[int], places: list[Institution]) -> None:
    """One posting each; one in twenty moved once; three in ten end with the year; one in a hundred is away."""
    _run(
        """
        INSERT INTO people_person (public_id, given_names, family_names, email, run_fingerprint,
                                   run_masked, created_at)
        SELECT gen_random_uuid(), 'Nombre ' || n %% 997, 'Apellido ' || md5(n::text),
               'p' || n || '@servicio.example', md5(n::text) || md5((n + 1)::text), '1•••' || n %% 1000,
               '2024-01-01'
        FROM generate_series(1, %s) n
        """,
        people,
    )
    _run(
        "CREATE TEMP TABLE spread (first int, last int, institution_id bigint, first_unit bigint, units int)"
    )
    first = 1
    for place, size in zip(places, sizes, strict=True):
        unit_ids = list(place.units.order_by("pk").values_list("pk", flat=True))
        _run(
            "INSERT INTO spread VALUES (%s, %s, %s, %s, %s)",
            first, first + size - 1, place.pk, unit_ids[0], len(unit_ids),
        )  # fmt: skip
        first += size
    _run(
        """
        INSERT INTO people_posting (public_id, person_id, institution_id, unit_id, estamento,
                                    legal_quality, grade, position, region, valid_from, valid_until)
        SELECT gen_random_uuid(), p.id, s.institution_id, s.first_unit + hashint4(p.id::int + 7) %% s.units
                 + CASE WHEN hashint4(p.id::int + 7) %% s.units < 0 THEN s.units ELSE 0 END,
               CASE WHEN p.id %% 100 < 4 THEN 'directivos' WHEN p.id %% 100 < 54 THEN 'profesionales'
                    WHEN p.id %% 100 < 72 THEN 'tecnicos' WHEN p.id %% 100 < 90 THEN 'administrativos'
                    ELSE 'auxiliares' END,
               CASE WHEN p.id %% 20 < 5 THEN 'planta' WHEN p.id %% 20 < 17 THEN 'contrata' ELSE 'honorarios' END,
               '', '', 'CL-RM', DATE '2020-01-01' + (p.id * 7919 %% 2400)::int,
               CASE WHEN p.id %% 10 < 3 THEN DATE '2026-12-31' END
        FROM people_person p JOIN spread s ON p.id BETWEEN s.first AND s.last
        """
    )
    _run(
        """
        WITH moved AS (
          UPDATE people_posting SET valid_until = DATE '2026-06-30'
          WHERE person_id %% 20 = 3 AND valid_from < '2026-01-01' AND valid_until IS NULL RETURNING *
        )
        INSERT INTO people_posting (public_id, person_id, institution_id, unit_id, estamento,
                                    legal_quality, grade, position, region, valid_from)
        SELECT gen_random_uuid(), m.person_id, m.institution_id, s.first_unit, m.estamento,
               m.legal_quality, '', '', 'CL-RM', DATE '2026-07-01'
        FROM moved m JOIN spread s USING (institution_id)
        """
    )
    _run(
        """
        INSERT INTO people_leave (public_id, person_id, institution_id, first_day, last_day)
        SELECT gen_random_uuid(), person_id, institution_id, DATE '2026-10-01', DATE '2027-02-28'
        FROM people_posting WHERE person_id %% 100 = 11 AND valid_until IS NULL
        """
    )


def _make_course(code: str) -> CourseRelease:
    units = tuple(UnitSpec(f"u{n}", UnitKind.LESSON, f"Unidad {n}", 15) for n in range(20))
    outline = CourseOutline(
        code=code,
        title=f"Curso {code}",
        short_title=code,
        summary="",
        language="es-CL",
        modules=(ModuleSpec("m", "Módulo", units),),
        completion=CompletionRule(require_assessment=False),
        certificate_months=24,
    )
    course = Course.objects.create(code=code, title=f"Curso {code}", created_at=NOW)
    return CourseRelease.objects.create(
        course=course,
        number=1,
        outline_data=outline_to_json(outline),
        structure_hash=code,
        content_hash=code,
        published_at=NOW,
        is_current=True,
    )


def _make_history(release: CourseRelease, year: int, share: int) -> None:
    """``share`` per cent of the people complete the course somewhere in the year; a tenth only begins it."""
    _run(
        """
        WITH learners AS (
          SELECT p.id, (hashint4(p.id::int * 31 + %s) & 2147483647) %% 100 AS luck,
                 make_date(%s, 1, 5) + ((hashint4(p.id::int * 17 + %s) & 2147483647) %% 310)::int AS day
          FROM people_person p
        ), enrolled AS (
          INSERT INTO progress_enrolment (public_id, person_id, course_id, release_id, context, cycle, started_at)
          SELECT gen_random_uuid(), id, %s, %s, 'employee', %s - 2023, day::timestamptz + interval '12 hours'
          FROM learners WHERE luck < %s + 10
          RETURNING id, person_id
        )
        INSERT INTO progress_completion (public_id, enrolment_id, person_id, course_id, release_id, context,
          completed_at, completed_on, valid_until, percent, minutes, assurance, counts)
        SELECT gen_random_uuid(), e.id, l.id, %s, %s, 'employee', (l.day + 9)::timestamptz + interval '12 hours',
               l.day + 9, l.day + 9 + 730, 80, 300, 'A', true
        FROM enrolled e JOIN learners l ON l.id = e.person_id
        WHERE l.luck < %s AND l.day + 9 <= %s
        """,
        year, year, year, release.course_id, release.pk, year, share,
        release.course_id, release.pk, share, TODAY,
    )  # fmt: skip


def _make_requirements(
    courses: list[CourseRelease], ministry: Institution, largest: Institution
) -> list[TrainingRequirement]:
    yearly, second, induction = (release.course_id for release in courses)
    below = AudienceSpec(institutions=(ministry.pk,), with_dependents=True)
    specs = [
        (None, "Anual", RequirementSpec(
            courses=(yearly,), starts_on=date(2024, 3, 1), due=DueSpec(day=date(2024, 6, 30)),
            recertify_months=12)),
        (ministry, "Del ministerio", RequirementSpec(
            courses=(second,), starts_on=date(2025, 3, 1), due=DueSpec(day=date(2025, 12, 31)),
            audience=below)),
        (None, "Inducción", RequirementSpec(
            courses=(induction,), starts_on=date(2024, 1, 1), due=DueSpec(kind="days", days=60),
            audience=AudienceSpec(joined_from=date(2024, 1, 1)))),
        (None, "Directivos", RequirementSpec(
            courses=(second,), starts_on=date(2025, 1, 1), due=DueSpec(day=date(2025, 8, 31)),
            audience=AudienceSpec(estamentos=("directivos",)))),
        (largest, "Propia", RequirementSpec(
            courses=(yearly, second), mode="any", starts_on=date(2026, 1, 1),
            due=DueSpec(day=date(2026, 10, 31)))),
    ]  # fmt: skip
    return [
        save_draft(
            requirement=None, owner=owner, text=RequirementText(title, "", 80), spec=spec, author=None, at=NOW
        )
        for owner, title, spec in specs
    ]


def publish(*, requirement: TrainingRequirement) -> None:
    """Put it in force; whoever measures goes through the people."""
    publish_requirement(requirement_id=requirement.pk, allowed=None, author=None, note="", at=NOW)


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))

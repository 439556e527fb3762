"""Making many people with a history, in bulk: rows and the statements that tell them."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db import transaction

from courses.models import CourseRelease
from lms.demo.names import UNITS, person_names, run_of
from lms.lib.clock import local_date
from lms.lib.run import fingerprint_run, mask_run
from lms.people.models import Estamento, Institution, LegalQuality, Person, Posting, Pseudonym, Unit
from lms.people.services.pseudonyms import derive_pseudonym
from lms.progress import statements as say
from lms.progress.models import Assurance, Completion, Enrolment, LearningContext, UnitResult
from lms.progress.rules import expiry_date, progress_percent
from lms.xapi.platform import Platform
from lms.xapi.services.storing import store_statements
from lms.xapi.statements import account

ESTAMENTO_SHARES = (
    (Estamento.DIRECTIVOS, 4), (Estamento.PROFESIONALES, 50), (Estamento.TECNICOS, 18),
    (Estamento.ADMINISTRATIVOS, 18), (Estamento.AUXILIARES, 10),
)  # fmt: skip
"""Per cent of each staff level: only the 50 % is sourced (DIPRES, first quarter of 2023)."""
QUALITY_SHARES = ((LegalQuality.PLANTA, 25), (LegalQuality.CONTRATA, 60), (LegalQuality.HONORARIOS, 15))
BATCH = 2000


@dataclass(frozen=True)
class Place:
    """An institution to fill: how many people, and which share of them completed or started (0–1)."""

    code: str
    name: str
    people: int
    completed_share: float
    started_share: float


def institution_sizes(*, people: int, chance: Random) -> list[int]:
    """Log-normal sizes (median 250 where there are many people) that add up to ``people``."""
    count = max(3, min(300, people // 330))
    weights = [chance.lognormvariate(0, 1.2) for _ in range(count)]
    sizes = [max(1, int(people * weight / sum(weights))) for weight in weights]
    sizes[0] += max(people - sum(sizes), 0)
    return sizes


def many_places(*, people: int, chance: Random) -> list[Place]:
    """Places for a benchmark of ``people`` people."""
    return [
        Place(
            f"demo-{number:03d}",
            f"Servicio de demostración {number}",
            size,
            chance.uniform(0.2, 0.9),
            chance.uniform(0.05, 0.1),
        )
        for number, size in enumerate(institution_sizes(people=people, chance=chance), 1)
    ]


def fill_place(
    *,
    place: Place,
    release: CourseRelease,
    first_run: int,
    chance: Random,
    run_key: str,
    platform: Platform,
    at: datetime,
) -> int:
    """Create the institution with its people and their history; the number created.

    An institution that exists is left as it is (0). Histories are short: an imported completion
    (attested, ``D``) or a few finished units, so that a hundred thousand people take minutes.
    """
    if Institution.objects.filter(code=place.code).exists():
        return 0
    with transaction.atomic():
        institution = Institution.objects.create(
            code=place.code, name=place.name, valid_from=date(2010, 1, 1)
        )
        count = max(1, min(len(UNITS), place.people // 12))
        units = Unit.objects.bulk_create(
            Unit(institution=institution, code=f"u{n:02d}", name=name)
            for n, name in enumerate(UNITS[:count], 1)
        )
    made = 0
    for start in range(0, place.people, BATCH):
        size = min(BATCH, place.people - start)
        with transaction.atomic():
            _fill_batch(
                institution,
                list(units),
                place,
                release,
                first_run + start,
                size,
                chance,
                run_key,
                platform,
                at,
            )
        made += size
    return made


def _weighted(chance: Random, shares: tuple[tuple[str, int], ...]) -> str:
    return chance.choices([value for value, _ in shares], [share for _, share in shares])[0]


def _fill_batch(
    institution: Institution,
    units: list[Unit],
    place: Place,
    release: CourseRelease,
    first_run: int,
    size: int,
    chance: Random,
    run_key: str,
    platform: Platform,
    at: datetime,
) -> None:
    people = []
    for number in range(first_run, first_run + size):
        given, family = person_names(chance)
        run = run_of(number)
        people.append(
            Person(
                given_names=given,
                family_names=family,
                run_fingerprint=fingerprint_run(run, run_key),
                run_masked=mask_run(run),
                created_at=at,
            )
        )
    people = Person.objects.bulk_create(people)
    postings = Posting.objects.bulk_create(
        Posting(
            person=person,
            institution=institution,
            unit=chance.choice(units),
            estamento=_weighted(chance, ESTAMENTO_SHARES),
            legal_quality=_weighted(chance, QUALITY_SHARES),
            valid_from=date(2024, 1, 1) + timedelta(days=chance.randrange(500)),
        )
        for person in people
    )
    learners = []
    for posting in postings:
        draw = chance.random()
        if draw < place.completed_share:
            learners.append((posting, "completed"))
        elif draw < place.completed_share + place.started_share:
            learners.append((posting, "started"))
    _give_history(learners, release, chance, platform, at)


def _give_history(
    learners: list[tuple[Posting, str]],
    release: CourseRelease,
    chance: Random,
    platform: Platform,
    at: datetime,
) -> None:
    outline = release.outline
    pseudonyms = Pseudonym.objects.bulk_create(
        Pseudonym(
            person_id=posting.person_id,
            context=LearningContext.EMPLOYEE,
            name=derive_pseudonym(
                person=posting.person, context=LearningContext.EMPLOYEE, key=platform.pseudonym_key
            ),
        )
        for posting, _state in learners
    )
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(
            person_id=posting.person_id,
            course_id=release.course_id,
            release=release,
            context=LearningContext.EMPLOYEE,
            posting=posting,
            started_at=at - timedelta(days=chance.randrange(60, 360)),
        )
        for posting, _state in learners
    )
    units: list[UnitResult] = []
    completions: list[Completion] = []
    told = []
    for (posting, state), pseudonym, enrolment in zip(learners, pseudonyms, enrolments, strict=True):
        speaker = say.Speaker(
            account(platform=platform, context=LearningContext.EMPLOYEE, name=pseudonym.name),
            platform,
            enrolment,
            outline,
        )
        told.append(say.enrolled(speaker=speaker, posting_public_id=str(posting.public_id)))
        if state == "started":
            keys = [unit.key for unit in outline.units[: chance.randrange(1, 5)]]
            for count, key in enumerate(keys, 1):
                result = UnitResult(
                    enrolment=enrolment,
                    unit_key=key,
                    finished_at=enrolment.started_at + timedelta(hours=count),
                    assurance=Assurance.A,
                    source="web",
                )
                units.append(result)
                told.append(say.unit_finished(speaker=speaker, unit=outline.get_unit(key), result=result))
            percent = progress_percent(outline=outline, finished=keys)
            told.append(say.course_progressed(speaker=speaker, percent=percent, result=units[-1]))
        else:
            completion = _completion(enrolment, release, chance, at)
            completions.append(completion)
            told.append(say.course_completed(speaker=speaker, completion=completion))
    UnitResult.objects.bulk_create(units, batch_size=BATCH)
    Completion.objects.bulk_create(completions, batch_size=BATCH)
    for part in _chunks(told):
        store_statements(statements=part, platform=platform)


def _completion(enrolment: Enrolment, release: CourseRelease, chance: Random, at: datetime) -> Completion:
    completed_at = min(enrolment.started_at + timedelta(days=chance.randrange(1, 50)), at)
    day = local_date(completed_at)
    return Completion(
        public_id=uuid.uuid4(),
        enrolment=enrolment,
        person_id=enrolment.person_id,
        course_id=release.course_id,
        release=release,
        context=LearningContext.EMPLOYEE,
        completed_at=completed_at,
        completed_on=day,
        valid_until=expiry_date(completed_on=day, months=release.outline.certificate_months),
        percent=chance.randrange(70, 101),
        minutes=release.outline.minutes,
        assurance=Assurance.D,
    )


def _chunks(items: list) -> Iterator[list]:
    for start in range(0, len(items), 500):
        yield items[start : start + 500]

"""What the rules of assigned training need to know of people."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from lms.lib.clock import local_date
from lms.lib.words import plain_words
from lms.people.models import Leave, Person, Posting
from lms.progress.models import Completion, Enrolment, Exemption, LearningContext
from lms.progress.rules.dates import FOREVER, ONE_DAY, Span
from lms.progress.rules.requirements import Job
from lms.progress.rules.timeline import Absence, PersonFacts, Started
from lms.progress.rules.validity import Done


def read_person_facts(*, person_ids: Sequence[int], course_ids: Collection[int]) -> dict[int, PersonFacts]:
    """The facts of these people, without exemptions; erased and merged people have none. Five queries.

    Only what was learned at work counts; what a person does as a citizen is nobody's business.
    """
    known = set(Person.objects.present().filter(pk__in=person_ids).values_list("pk", flat=True))
    jobs: dict[int, list[Job]] = defaultdict(list)
    for posting in Posting.objects.filter(person_id__in=known):
        jobs[posting.person_id].append(job_of(posting))
    absences: dict[int, list[Absence]] = defaultdict(list)
    for leave in Leave.objects.filter(person_id__in=known):
        span = Span(leave.first_day, leave.last_day or FOREVER)
        absences[leave.person_id].append(Absence(leave.institution_id, span))
    completions: dict[int, list[Done]] = defaultdict(list)
    at_work = {"person_id__in": known, "course_id__in": course_ids, "context": LearningContext.EMPLOYEE}
    for person_id, course_id, day, until in Completion.objects.filter(counts=True, **at_work).values_list(
        "person_id", "course_id", "completed_on", "valid_until"
    ):
        completions[person_id].append(Done(course_id, day, until or FOREVER))
    starts: dict[int, list[Started]] = defaultdict(list)
    for person_id, course_id, at in Enrolment.objects.filter(**at_work).values_list(
        "person_id", "course_id", "started_at"
    ):
        starts[person_id].append(Started(course_id, local_date(at)))
    return {
        person_id: PersonFacts(
            person_id=person_id,
            jobs=tuple(jobs[person_id]),
            absences=tuple(absences[person_id]),
            completions=tuple(completions[person_id]),
            starts=tuple(starts[person_id]),
        )
        for person_id in known
    }


def job_of(posting: Posting) -> Job:
    """A posting as the rules need it. No query."""
    return Job(
        posting_id=posting.pk,
        institution_id=posting.institution_id,
        unit_id=posting.unit_id,
        estamento=posting.estamento,
        legal_quality=posting.legal_quality,
        first=posting.valid_from,
        last=posting.valid_until or FOREVER,
        position=plain_words(posting.position),
    )


def read_exemptions(
    *, person_ids: Collection[int], requirement_ids: Collection[int]
) -> dict[tuple[int, int], tuple[Span, ...]]:
    """Exemptions by requirement and person; one ended early ends on the day before. One query."""
    found: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for exemption in Exemption.objects.filter(person_id__in=person_ids, requirement_id__in=requirement_ids):
        last = exemption.last_day
        if exemption.ended_at:
            last = min(last, local_date(exemption.ended_at) - ONE_DAY)
        if last >= exemption.first_day:
            found[exemption.requirement_id, exemption.person_id].append(Span(exemption.first_day, last))
    return {key: tuple(spans) for key, spans in found.items()}

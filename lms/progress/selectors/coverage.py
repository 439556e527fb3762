"""Training coverage: the one definition. HR's screens, the plan and its open data all count here.

``coverage = distinct people of a cell with a valid completion ÷ headcount of the cell``, both on
one cut-off date, where a cell is made of any of institution, unit, estamento, legal quality.
A person with two postings on that date counts once, in the one that began last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lms.lib.clock import CHILE
from lms.people.models import Person, Posting
from lms.people.models.postings import PostingQuerySet
from lms.progress.models import AssessmentAttempt, Completion, Enrolment, LearningContext, UnitResult
from lms.progress.rules.dates import end_of_day

DIMENSIONS = ("institution_id", "unit_id", "estamento", "legal_quality")
FIGURES = ("reached", "started", "assessed", "completed")
QUERY_VERSION = 2
"""Goes up when the same records would be counted otherwise, so that nobody compares the two."""


@dataclass(frozen=True)
class Cell:
    """Counts of distinct people. Dimensions that were not asked for are ``None``, figures 0.

    ``reached`` enrolled at their work; ``started`` finished a unit, or completed; ``assessed`` handed
    in an assessment; ``completed`` hold a completion that counts on the cut-off date.
    """

    institution_id: int | None
    unit_id: int | None
    estamento: str | None
    legal_quality: str | None
    headcount: int
    reached: int
    started: int
    assessed: int
    completed: int


@dataclass(frozen=True)
class Known:
    """What was on record at an instant: the highest id of each table then.

    With it a day can be counted again as it was known, without what was recorded later: rows are
    added and never re-dated. Postings and people that were corrected or joined since are not undone.
    """

    at: datetime
    posting: int
    enrolment: int
    unit_result: int
    attempt: int
    completion: int


def what_is_known(*, at: datetime) -> Known:
    """What is on record now. Five queries."""
    last = (
        model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for model in (Posting, Enrolment, UnitResult, AssessmentAttempt, Completion)
    )
    return Known(at, *last)


@dataclass(frozen=True)
class Population:
    """Whose postings are looked at: codes of institutions, estamentos, legal qualities; empty is all."""

    institutions: tuple[str, ...] = ()
    estamentos: tuple[str, ...] = ()
    legal_qualities: tuple[str, ...] = ()

    def keep(self, rows: PostingQuerySet) -> PostingQuerySet:
        """Only postings of the population."""
        if self.institutions:
            rows = rows.filter(institution__code__in=self.institutions)
        if self.estamentos:
            rows = rows.filter(estamento__in=self.estamentos)
        return rows.filter(legal_quality__in=self.legal_qualities) if self.legal_qualities else rows


EVERYBODY = Population()


def principal_postings(
    *,
    cutoff: date,
    institution_id: int | None = None,
    honorarios: bool = True,
    population: Population = EVERYBODY,
    known: Known | None = None,
) -> QuerySet[Posting]:
    """One posting per person on ``cutoff``: of those in the population, the one that began last."""
    rows = Posting.objects.valid_on(cutoff)
    later = Posting.objects.valid_on(cutoff).filter(person=OuterRef("person"))
    erased = Person.objects.filter(erased_at__isnull=False)
    if known is not None:
        rows, later = rows.filter(pk__lte=known.posting), later.filter(pk__lte=known.posting)
        erased = erased.filter(erased_at__lte=known.at)
    if institution_id is not None:
        rows = rows.filter(institution_id=institution_id)
        later = later.filter(institution_id=institution_id)
    if not honorarios:
        rows = rows.exclude(legal_quality="honorarios")
        later = later.exclude(legal_quality="honorarios")
    rows, later = population.keep(rows), population.keep(later)
    later = later.filter(
        Q(valid_from__gt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk"))
    )
    # Not a join: the erased and merged are few and have indexes of their own, the others need no look-up.
    return (
        rows.filter(~Exists(later))
        .exclude(person__in=erased)
        .exclude(person__in=Person.objects.filter(merged_into__isnull=False))
    )


def of_person(queryset: QuerySet[Any], person: str = "person_id") -> Exists:
    """Whether the posting's person has such a row."""
    return Exists(queryset.filter(person_id=OuterRef(person)))


def end_of(*, day: date) -> datetime:
    """The first instant after ``day`` in Chile. Compared with ``__date`` it costs no function per row."""
    return end_of_day(day=day, zone=CHILE)


def facts_of(
    *,
    course_codes: Sequence[str],
    cutoff: date,
    known: Known | None = None,
    context: LearningContext = LearningContext.EMPLOYEE,
    person: str = "person_id",
) -> dict[str, Exists | Q]:
    """The four figures as conditions on a posting, or on whatever has its person's id in ``person``."""
    end = end_of(day=cutoff)
    mine = OuterRef(person)
    enrolments = Enrolment.objects.filter(
        person_id=mine, course__code__in=course_codes, context=context, started_at__lt=end
    )
    of_enrolment = {
        "enrolment__person_id": mine,
        "enrolment__course__code__in": course_codes,
        "enrolment__context": context,
    }
    units = UnitResult.objects.filter(**of_enrolment, finished_at__lt=end)
    attempts = AssessmentAttempt.objects.filter(**of_enrolment, submitted_at__lt=end)
    if known is not None:
        enrolments = enrolments.filter(pk__lte=known.enrolment)
        units, attempts = units.filter(pk__lte=known.unit_result), attempts.filter(pk__lte=known.attempt)
    completed = Exists(
        completions_on(cutoff=cutoff, known=known).filter(
            person_id=mine, course__code__in=course_codes, context=context
        )
    )
    return {
        "reached": Exists(enrolments),
        "started": Q(completed) | Q(Exists(units)),
        "assessed": Exists(attempts),
        "completed": completed,
    }


def completions_on(*, cutoff: date, known: Known | None = None) -> QuerySet[Completion]:
    """Completions that count on ``cutoff``; as known then, those taken back later count too."""
    if known is None:
        return Completion.objects.valid_on(cutoff)
    counted = Q(counts=True) | Q(void__voided_at__gt=known.at)
    return Completion.objects.reached_on(cutoff).filter(counted, pk__lte=known.completion)


def count_cells(
    *,
    course_codes: Sequence[str],
    cutoff: date,
    dimensions: Sequence[str],
    institution_id: int | None = None,
    honorarios: bool = True,
    postings: QuerySet[Posting] | None = None,
    figures: Collection[str] = FIGURES,
    population: Population = EVERYBODY,
    known: Known | None = None,
) -> list[Cell]:
    """Cells with at least one person, ordered by their dimensions. One query.

    Any of the courses counts. ``honorarios`` says whether people paid by fees are in the
    headcount. ``postings`` narrows further (filters of a screen) and comes from
    :func:`principal_postings`. Each of ``figures`` costs a look-up per person: name those needed.
    ``known`` leaves out what was recorded later.

    Raises:
        ValueError: an unknown dimension or figure.
    """
    unknown = (set(dimensions) - set(DIMENSIONS)) | (set(figures) - set(FIGURES))
    if unknown:
        raise ValueError(f"Dimensiones o cifras desconocidas: {sorted(unknown)}")
    rows = postings if postings is not None else principal_postings(
        cutoff=cutoff, institution_id=institution_id, honorarios=honorarios, population=population,
        known=known,
    )  # fmt: skip
    facts = facts_of(course_codes=course_codes, cutoff=cutoff, known=known)
    counted = (
        rows.values(*dimensions)
        .annotate(headcount=Count("pk"), **{name: Count("pk", filter=facts[name]) for name in figures})
        .order_by(*[F(dimension) for dimension in dimensions])
    )
    return [
        Cell(
            institution_id=row.get("institution_id"),
            unit_id=row.get("unit_id"),
            estamento=row.get("estamento"),
            legal_quality=row.get("legal_quality"),
            headcount=row["headcount"],
            reached=row.get("reached", 0),
            started=row.get("started", 0),
            assessed=row.get("assessed", 0),
            completed=row.get("completed", 0),
        )
        for row in counted
    ]


def count_citizens(*, course_codes: Sequence[str], cutoff: date, known: Known | None = None) -> Cell:
    """People who learned on their own, by the same four facts; nobody knows of how many. One query.

    Who also learned at work counts here for what was done on one's own, and only for that.
    """
    facts = facts_of(
        course_codes=course_codes, cutoff=cutoff, known=known, context=LearningContext.CITIZEN, person="pk"
    )
    erased = Q(erased_at__isnull=False)
    if known is not None:
        erased &= Q(erased_at__lte=known.at)
    people = Person.objects.filter(facts["reached"], merged_into__isnull=True).exclude(erased)
    found: dict[str, int] = people.aggregate(
        reached=Count("pk"),
        **{name: Count("pk", filter=facts[name]) for name in ("started", "assessed", "completed")},
    )
    return Cell(None, None, None, None, headcount=0, **found)

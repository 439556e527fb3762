"""Questions whose key was mended after they had been asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial

from django.db.models import Count, F, Q, QuerySet

from courses.models import Course, CourseRelease
from courses.quizzes.rules import QuestionSpec, asks_the_same
from courses.selectors import list_questions, list_wordings
from lms.progress.models import AssessmentAttempt, QuestionMark, Regrade, RegradeLine

ROWS = 200


@dataclass(frozen=True)
class Amended:
    """The questions of an attempt in each language, the source first, with their keys as mended since.

    ``mended``: keys of those; ``given``: everybody has their point.
    """

    wordings: list[dict[str, QuestionSpec]]
    mended: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()

    @property
    def questions(self) -> dict[str, QuestionSpec]:
        """In the source language."""
        return self.wordings[0]


def amend_questions(*, attempt: AssessmentAttempt, course_id: int) -> Amended:
    """Two queries, and one for each release whose key was right."""
    wordings = list_wordings(release=attempt.release, key=attempt.unit_key)
    rows = Regrade.objects.filter(
        course_id=course_id, unit_key=attempt.unit_key, release__number__gte=attempt.release.number
    )
    mended, given = set(), set()
    for regrade in rows.order_by("made_at", "pk").select_related("release"):
        key = regrade.question_key
        if key not in wordings[0]:
            continue
        if regrade.method == Regrade.Method.EVERYBODY:
            given.add(key)
        elif _mend(wordings, key, list_wordings(release=regrade.release, key=attempt.unit_key)):
            mended.add(key)
    return Amended(wordings, frozenset(mended), frozenset(given))


def _mend(wordings: list[dict[str, QuestionSpec]], key: str, right: list[dict[str, QuestionSpec]]) -> bool:
    """Put the right question in the place of the wrong one, in all languages; False: it is another one."""
    if key not in right[0] or not asks_the_same(wordings[0][key], right[0][key]):
        return False
    wordings[0][key] = right[0][key]
    for questions in wordings[1:]:
        questions.pop(key, None)
    wordings += [{key: questions[key]} for questions in right[1:] if key in questions]
    return True


@dataclass(frozen=True)
class StaleQuestion:
    """A question whose key changed since it was asked; ``attempts`` were graded with the old one."""

    key: str
    attempts: int
    is_same_question: bool


def stale_questions(*, course: Course, unit_key: str, current: CourseRelease) -> list[StaleQuestion]:
    """Questions of the current release that attempts met under another key, and no regrade mended since.

    Queries: three, one for each release with attempts or with a right key, one for each question found.
    """
    asked = _graded(course, unit_key).values("release_id").distinct()
    regrades = Regrade.objects.filter(course=course, unit_key=unit_key).select_related("release")
    read = cache(partial(list_questions, key=unit_key))
    right = [(regrade, read(release=regrade.release)) for regrade in regrades]
    now = read(release=current)
    changed: dict[str, list[tuple[int, bool]]] = {}
    for release in CourseRelease.objects.filter(pk__in=asked).exclude(pk=current.pk):
        for key, old in read(release=release).items():
            if key not in now or old.body == now[key].body or _is_mended(release, now[key], right):
                continue
            changed.setdefault(key, []).append((release.pk, asks_the_same(old, now[key])))
    found = []
    for key, rows in sorted(changed.items()):
        marks = QuestionMark.objects.filter(question_key=key, attempt__release_id__in=[pk for pk, _ in rows])
        marks = marks.filter(attempt__in=_graded(course, unit_key))
        count = marks.values("attempt_id").distinct().count()
        if count:
            found.append(StaleQuestion(key, count, any(same for _, same in rows)))
    return found


def _is_mended(
    release: CourseRelease, now: QuestionSpec, right: Iterable[tuple[Regrade, Mapping[str, QuestionSpec]]]
) -> bool:
    """Whether the answers of a release have the points that the question gives now, or all of them."""
    return any(
        regrade.question_key == now.key
        and release.number < before_release(regrade=regrade)
        and (
            regrade.method == Regrade.Method.EVERYBODY
            or (now.key in questions and questions[now.key].body == now.body)
        )
        for regrade, questions in right
    )


def list_to_regrade(*, regrade: Regrade, after: int = 0) -> QuerySet[AssessmentAttempt]:
    """Attempts that met the question before it was mended, from the one after ``after`` on, oldest first.

    Those of the mended release itself were graded rightly, unless everybody gets the point. Four
    queries when read, or for each part of an iteration.
    """
    marks = QuestionMark.objects.filter(question_key=regrade.question_key).values("attempt_id")
    rows = _graded(regrade.course, regrade.unit_key).filter(pk__in=marks, pk__gt=after)
    rows = rows.filter(release__number__lt=before_release(regrade=regrade)).select_related("enrolment")
    # Outlines are long: fetched and read once each, not once for each attempt.
    return rows.prefetch_related("events", "release", "enrolment__release").order_by("pk")


def before_release(*, regrade: Regrade) -> int:
    """The number of the first release whose attempts the regrade leaves as they are."""
    return regrade.release.number + (regrade.method == Regrade.Method.EVERYBODY)


def list_regrades(*, attempt: AssessmentAttempt) -> list[RegradeLine]:
    """What regrades changed in its result, oldest first. One query."""
    return list(attempt.regrades.filter(is_applied=True).select_related("regrade"))


def read_regrades_of(*, person_id: int) -> dict[int, tuple[RegradeLine, ...]]:
    """What regrades changed in results that passed, oldest first, by id of the enrolment. One query.

    Only the points and the day are read.
    """
    rows = RegradeLine.objects.filter(
        is_applied=True, attempt__passed=True, attempt__enrolment__person_id=person_id
    )
    found: dict[int, tuple[RegradeLine, ...]] = {}
    rows = rows.select_related("regrade").only("regrade__made_at", "points_before", "points_after")
    for line in rows.annotate(enrolment_id=F("attempt__enrolment_id")):
        found[line.enrolment_id] = (*found.get(line.enrolment_id, ()), line)
    return found


def _graded(course: Course, unit_key: str) -> QuerySet[AssessmentAttempt]:
    """Handed in; not by who was erased since: nothing is told of them, and no pseudonym begins anew."""
    return AssessmentAttempt.objects.filter(
        enrolment__course=course, unit_key=unit_key, enrolment__person__erased_at=None
    ).exclude(state=AssessmentAttempt.State.OPEN)


@dataclass(frozen=True)
class RegradeFigures:
    """How many results a regrade raised, how many pass since, how many stay as they were told.

    What was still being marked may have fallen: it was not told, and is in none of these.

    ``moves``: points before and after, and how many results moved so.
    """

    looked_at: int
    raised: int
    passing: int
    kept: int
    moves: list[tuple[Decimal, Decimal, int]]


def regrade_figures(*, regrade: Regrade) -> RegradeFigures:
    """Before and after, without persons. Two queries."""
    changed = Q(is_applied=True)
    raised = changed & Q(points_after__gt=F("points_before"))
    totals = regrade.lines.aggregate(
        looked_at=Count("pk"),
        raised=Count("pk", filter=raised),
        passing=Count("pk", filter=raised & Q(passed_before=False, passed_after=True)),
        kept=Count("pk", filter=~changed),
    )
    moves = regrade.lines.filter(changed).values_list("points_before", "points_after")
    return RegradeFigures(
        **totals, moves=list(moves.annotate(n=Count("pk")).order_by("points_before", "points_after"))
    )

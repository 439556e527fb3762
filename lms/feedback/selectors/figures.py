"""What trainers see of a course, always of whole groups: nobody's answer is among these rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Avg, Count, F, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from courses.models import CourseRelease
from courses.outline import CourseOutline
from courses.selectors import list_questions
from lms.feedback.models import AnswerTally, OpinionTally, OpinionText, RecallTally
from lms.feedback.questionnaire import AGREES, QUESTIONNAIRES, SCALE, Item, Level
from lms.feedback.rules.askings import GROUP, AskingKind
from lms.feedback.rules.recall import share_kept
from lms.progress.models import Assurance, Completion

Subject = RecallTally.Subject


@dataclass(frozen=True)
class StatementFigures:
    """How many chose each value of the scale, the first first. Without counts: too few answered it."""

    item: Item
    counts: tuple[int, ...] = ()

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def agree_share(self) -> float | None:
        """Share (0–1) of those who agree, or agree much."""
        agree = sum(
            count for (value, _word), count in zip(SCALE, self.counts, strict=False) if value in AGREES
        )
        return agree / self.answers if self.counts else None


@dataclass(frozen=True)
class LevelFigures:
    level: Level
    statements: tuple[StatementFigures, ...]


@dataclass(frozen=True)
class OpinionFigures:
    """A questionnaire of a course. ``texts``: by open question, mixed."""

    kind: AskingKind
    people: int
    levels: tuple[LevelFigures, ...]
    texts: tuple[tuple[Item, tuple[str, ...]], ...]


@dataclass(frozen=True)
class MeasuredLearning:
    """The mean result (0–100) of those who passed the assessment."""

    people: int
    percent: float


@dataclass(frozen=True)
class CompetenceFigures:
    """Shares (0–1) of the same people, at the assessment and two weeks later."""

    name: str
    before: float
    after: float
    kept: float | None


@dataclass(frozen=True)
class QuestionFigures:
    """``answers`` of people, and the share (0–1) of the points that they had."""

    stem: str
    answers: int
    share: float


@dataclass(frozen=True)
class RecallFigures:
    """``questions``: those least known first; none that too few were asked."""

    people: int
    competences: tuple[CompetenceFigures, ...]
    questions: tuple[QuestionFigures, ...]


def list_versions(*, course_code: str) -> list[CourseRelease]:
    """Published versions of which there are figures, the newest first. One query."""
    told = AnswerTally.objects.filter(shown__gt=0).values("release_id")
    rows = CourseRelease.objects.filter(pk__in=told, course__code=course_code).only("number", "published_at")
    return list(rows.order_by("-number"))


def read_opinions(*, course_code: str, kind: AskingKind, version: int | None = None) -> OpinionFigures:
    """One questionnaire, of all versions or of one. Three queries."""
    tallies = _tallies(course_code, kind, version)
    rows = OpinionTally.objects.filter(tally__in=tallies).order_by()
    sums = rows.values_list("statement", "value").annotate(n=Sum("shown"))
    counts = {(statement, value): count for statement, value, count in sums}
    questionnaire = QUESTIONNAIRES[kind]
    levels = tuple(
        LevelFigures(level, tuple(_statement(item, counts, GROUP[kind]) for item in level.statements))
        for level in questionnaire.levels
    )
    texts = _texts(tallies)
    return OpinionFigures(
        kind=kind,
        people=_people(tallies),
        levels=levels,
        texts=tuple((item, tuple(texts.get(item.key, ()))) for item in questionnaire.open_questions),
    )


def read_measured(*, course_code: str, version: int | None = None) -> MeasuredLearning | None:
    """Beside what people say that they learned, in groups as large as theirs. One query.

    Of each version those who completed it first, by whole groups: no mean moves with one person, and
    none is told from the difference between all versions and one. ``None`` below a group of people.
    """
    rows = Completion.objects.filter(
        course__code=course_code, assurance=Assurance.A, counts=True, percent__isnull=False
    )
    if version is not None:
        rows = rows.filter(release__number=version)
    found = _in_whole_groups(rows).aggregate(people=Count("pk"), percent=Avg("percent"))
    if not found["people"]:
        return None
    return MeasuredLearning(found["people"], float(found["percent"]))


def read_recall_figures(*, course_code: str, version: int | None = None) -> RecallFigures:
    """Four queries."""
    tallies = _tallies(course_code, AskingKind.RECALL, version)
    rows = RecallTally.objects.filter(tally__in=tallies).order_by()
    sums = rows.values_list("subject", "key").annotate(points=Sum("points_shown"), places=Sum("places_shown"))
    shares = {
        (subject, key): (Fraction(points) / places, places) for subject, key, points, places in sums if places
    }
    release = CourseRelease.objects.filter(course__code=course_code, is_current=True).first()
    return RecallFigures(
        people=_people(tallies),
        competences=tuple(_competences(shares, release.outline if release else None)),
        questions=tuple(_questions(shares, release)),
    )


def _in_whole_groups(rows: QuerySet[Completion]) -> QuerySet[Completion]:
    """Without those that came after the last whole group of their version, in the order of recording."""
    group = GROUP[AskingKind.END]
    counted = rows.annotate(
        place=Window(RowNumber(), partition_by="release", order_by="pk"),
        people=Window(Count("pk"), partition_by="release"),
    )
    return counted.filter(place__lte=F("people") - F("people") % group)


Shares = dict[tuple[str, str], tuple[Fraction, int]]


def _tallies(course_code: str, kind: AskingKind, version: int | None) -> QuerySet[AnswerTally]:
    rows = AnswerTally.objects.filter(release__course__code=course_code, kind=kind.value, shown__gt=0)
    return rows.filter(release__number=version) if version is not None else rows


def _people(tallies: QuerySet[AnswerTally]) -> int:
    return tallies.aggregate(n=Sum("shown"))["n"] or 0


def _statement(item: Item, counts: dict[tuple[str, int], int], fewest: int) -> StatementFigures:
    found = tuple(counts.get((item.key, value), 0) for value, _word in SCALE)
    return StatementFigures(item, found if sum(found) >= fewest else ())


def _texts(tallies: QuerySet[AnswerTally]) -> dict[str, list[str]]:
    """By question, the latest month first; within a month by an id of chance."""
    rows = OpinionText.objects.filter(tally__in=tallies, month__isnull=False).order_by("-month", "pk")
    found: dict[str, list[str]] = {}
    for question, text in rows.values_list("question", "text"):
        found.setdefault(question, []).append(text)
    return found


def _competences(shares: Shares, outline: CourseOutline | None) -> Iterable[CompetenceFigures]:
    names = {one.code: one.name for one in outline.competences} if outline else {}
    for subject, code in sorted(shares):
        if subject == Subject.AFTER and (Subject.BEFORE, code) in shares:
            before, after = shares[Subject.BEFORE, code][0], shares[subject, code][0]
            kept = share_kept(before=before, after=after)
            yield CompetenceFigures(
                names.get(code, code), float(before), float(after), None if kept is None else float(kept)
            )


def _questions(shares: Shares, release: CourseRelease | None) -> Sequence[QuestionFigures]:
    unit = release.outline.assessment_unit if release else None
    if release is None or unit is None:
        return ()
    bank = list_questions(release=release, key=unit.key)
    rows = [
        QuestionFigures(bank[key].stem, places, float(share))
        for (subject, key), (share, places) in shares.items()
        if subject == Subject.QUESTION and key in bank and places >= GROUP[AskingKind.RECALL]
    ]
    return sorted(rows, key=lambda row: (row.share, row.stem))

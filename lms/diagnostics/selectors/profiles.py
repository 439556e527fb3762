"""A finished assessment as a profile: against the last one and the others of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lms.diagnostics.manifests import DimensionEntry, QuestionEntry
from lms.diagnostics.models import AnswerFile, Assessment, PeerSummary, same_dimensions, same_questions
from lms.diagnostics.rules import AnswerValue, Quartiles, QuestionScore, score
from lms.diagnostics.selectors.assessments import read_answers, read_files
from lms.plan.models import Milestone


@dataclass(frozen=True)
class ProfileLine:
    """The total or one dimension, in whole per cents. ``None``: nothing applies, or nothing is shown."""

    key: str
    title: str
    percent: int | None
    points: int
    possible: int
    before: int | None
    peers: Quartiles | None


@dataclass(frozen=True)
class QuestionLine:
    """A question with what was answered. ``level``, ``counted`` and ``next``: words of the scale."""

    entry: QuestionEntry
    dimension: DimensionEntry
    value: AnswerValue
    score: QuestionScore
    before: QuestionScore | None
    milestone: Milestone | None
    files: tuple[AnswerFile, ...] = ()

    @property
    def level_text(self) -> str:
        return self.entry.levels[self.score.chosen].text if self.score.chosen is not None else ""

    @property
    def counted_text(self) -> str:
        return self.entry.levels[self.score.counted].text if self.score.counted is not None else ""

    @property
    def before_text(self) -> str:
        if self.before is None or self.before.counted is None:
            return ""
        return self.entry.levels[self.before.counted].text

    @property
    def next_text(self) -> str:
        """The next level, or the one that was chosen but lacks its evidence."""
        if self.score.counted is None or self.score.is_full:
            return ""
        return self.entry.levels[self.score.counted + 1].text

    @property
    def is_better(self) -> bool:
        return self.before is not None and self.score.is_above(self.before)

    @property
    def is_worse(self) -> bool:
        return self.before is not None and self.before.is_above(self.score)

    @property
    def applies_otherwise(self) -> bool:
        """It applied to one of the two alone: neither better nor worse."""
        return self.before is not None and self.score.applies != self.before.applies


@dataclass(frozen=True)
class PeerNote:
    """The group of which quartiles are shown."""

    institution_count: int
    shown_at: datetime


@dataclass(frozen=True)
class Profile:
    assessment: Assessment
    total: ProfileLine
    lines: tuple[ProfileLine, ...]
    questions: tuple[QuestionLine, ...]
    previous: Assessment | None
    is_same_version: bool
    peers: PeerNote | None

    @property
    def strengths(self) -> list[QuestionLine]:
        return [one for one in self.questions if one.score.is_full]

    @property
    def gaps(self) -> list[QuestionLine]:
        """The furthest from the highest level first, then in order."""
        found = [one for one in self.questions if one.score.applies and not one.score.is_full]
        return sorted(found, key=lambda one: one.score.points - one.score.possible)

    @property
    def changes(self) -> list[QuestionLine]:
        return [one for one in self.questions if one.is_better or one.is_worse or one.applies_otherwise]

    @property
    def lowered(self) -> list[QuestionLine]:
        """Answers that count less for want of evidence."""
        return [one for one in self.questions if one.score.is_lowered]

    @property
    def weakest(self) -> ProfileLine | None:
        return min(self._known, key=lambda one: one.percent or 0, default=None)

    @property
    def strongest(self) -> ProfileLine | None:
        return max(self._known, key=lambda one: one.percent or 0, default=None)

    @property
    def _known(self) -> list[ProfileLine]:
        return [one for one in self.lines if one.percent is not None]


def read_profile(*, assessment: Assessment, with_previous: bool = True) -> Profile:
    """The profile of a finished assessment. Eight queries at most, whatever its size.

    ``with_previous`` False: nothing of earlier assessments, which may not be public.
    """
    previous = _find_previous(assessment) if with_previous else None
    values = read_answers(assessment=assessment)
    old_values = read_answers(assessment=previous) if previous else {}
    found = _score(assessment, values)
    old = _score(previous, old_values) if previous else {}
    peers = find_peers(assessment=assessment)
    same = same_questions(before=previous.release, after=assessment.release) if previous else {}
    milestones = _milestones(assessment) if with_previous else {}
    files = read_files(assessment=assessment)
    return Profile(
        assessment=assessment,
        total=_total(assessment, previous, peers),
        lines=_lines(assessment, previous, peers, found),
        questions=tuple(
            QuestionLine(
                entry, dimension, values.get(entry.key, AnswerValue()), found[entry.key],
                old.get(entry.key) if same.get(entry.key) else None, milestones.get(entry.key),
                tuple(files.get(entry.key, ())),
            )
            for dimension in assessment.release.file.dimensions
            for entry in dimension.questions
        ),
        previous=previous,
        is_same_version=previous is None or previous.release_id == assessment.release_id,
        peers=PeerNote(peers.institution_count, peers.shown_at) if peers else None,
    )  # fmt: skip


def find_peers(*, assessment: Assessment) -> PeerSummary | None:
    """What is shown of the institutions of its kind and version. One query."""
    rows = PeerSummary.objects.filter(release_id=assessment.release_id, kind=assessment.institution.kind)
    latest = rows.first()
    return latest if latest is not None and latest.withdrawn_at is None else None


def _find_previous(assessment: Assessment) -> Assessment | None:
    rows = Assessment.objects.finished().filter(
        institution_id=assessment.institution_id,
        questionnaire_id=assessment.questionnaire_id,
        finished_at__lt=assessment.finished_at,
    )
    return rows.select_related("release").order_by("-finished_at", "-pk").first()


def _score(assessment: Assessment, values: Mapping[str, AnswerValue]) -> dict[str, QuestionScore]:
    given = {key: value.given for key, value in values.items() if value.given is not None}
    return score(dimensions=assessment.release.dimensions, given=given).questions


def _total(assessment: Assessment, previous: Assessment | None, peers: PeerSummary | None) -> ProfileLine:
    is_same = previous is not None and previous.release_id == assessment.release_id
    return ProfileLine(
        key="overall",
        title="",
        percent=assessment.overall,
        points=0,
        possible=0,
        before=previous.overall if previous and is_same else None,
        peers=_peers_of(peers, "overall"),
    )


def _lines(
    assessment: Assessment,
    previous: Assessment | None,
    peers: PeerSummary | None,
    found: Mapping[str, QuestionScore],
) -> tuple[ProfileLine, ...]:
    same = same_dimensions(before=previous.release, after=assessment.release) if previous else frozenset()
    old = previous.result["dimensions"] if previous else {}
    return tuple(
        ProfileLine(
            key=one.key,
            title=one.title,
            percent=assessment.result["dimensions"].get(one.key),
            points=sum(found[question.key].points for question in one.questions),
            possible=sum(found[question.key].possible for question in one.questions),
            before=old.get(one.key) if one.key in same else None,
            peers=_peers_of(peers, one.key),
        )
        for one in assessment.release.file.dimensions
    )


def _peers_of(peers: PeerSummary | None, key: str) -> Quartiles | None:
    figures = peers.figures.get(key) if peers else None
    return Quartiles(*figures) if figures else None


def _milestones(assessment: Assessment) -> dict[str, Milestone]:
    rows = assessment.planned.select_related("milestone__commitment__plan")
    return {one.question_key: one.milestone for one in rows}

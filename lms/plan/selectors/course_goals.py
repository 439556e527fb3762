"""What a course contributes to, for its page."""

from dataclasses import dataclass
from datetime import date

from lms.plan.selectors.commitments import CommitmentRow
from lms.plan.selectors.snapshots import list_all_goal_coverage


@dataclass(frozen=True)
class CourseGoal:
    """A commitment that a course helps to fulfil, with its published coverage.

    ``percent`` and ``target_percent`` (0 to 100) are ``None`` where not published; ``span`` is also
    given where a range is published; ``words`` says the coverage in any case.
    """

    number: int
    commitment_title: str
    title: str
    url: str
    percent: int | None
    span: tuple[int, int] | None
    target_percent: int | None
    words: str
    people: str
    cutoff_date: date | None


def goals_for_course(code: str) -> list[CourseGoal]:
    """Active goals of the current plan that count this course. Two queries."""
    found = []
    for coverage in list_all_goal_coverage():
        if code not in coverage.goal.course_codes:
            continue
        commitment = coverage.goal.commitment
        row = CommitmentRow(commitment, coverage)
        found.append(
            CourseGoal(
                number=commitment.number,
                commitment_title=commitment.title,
                title=coverage.goal.title,
                url=row.url,
                percent=row.percent,
                span=row.span,
                target_percent=row.target_percent,
                words=row.words,
                people=row.people,
                cutoff_date=coverage.snapshot.cutoff_date if coverage.snapshot else None,
            )
        )
    return found

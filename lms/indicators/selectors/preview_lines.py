"""What a file would do, as the preview shows it: counts, and the first of each kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.indicators.rules.comparing import Diff, TotalWarning
from lms.indicators.rules.problems import RowProblem
from lms.indicators.rules.shapes import Row, Shape
from lms.indicators.selectors.changes import DiffLine, full_words
from lms.indicators.selectors.upload_words import problem_words, warning_words
from lms.indicators.selectors.words import cell_words

MOST_SHOWN = 100


@dataclass(frozen=True)
class ProblemLine:
    """``line`` 0: the row is absent."""

    line: int
    column: str
    words: str


@dataclass(frozen=True)
class PreviewLines:
    """The first hundred of each kind; the counts are of all."""

    problems: Sequence[ProblemLine]
    problem_count: int
    warnings: Sequence[str]
    warning_count: int
    added: Sequence[DiffLine]
    changed: Sequence[DiffLine]
    removed: Sequence[DiffLine]


def read_preview(
    *,
    rows: Sequence[Row],
    problems: Sequence[RowProblem],
    warnings: Sequence[TotalWarning],
    diff: Diff,
    shape: Shape,
    shape_before: Shape,
) -> PreviewLines:
    """No query."""
    return PreviewLines(
        problems=[
            ProblemLine(one.line, one.column, problem_words(problem=one, shape=shape))
            for one in problems[:MOST_SHOWN]
        ],
        problem_count=len(problems),
        warnings=[warning_words(warning=one, shape=shape) for one in warnings[:MOST_SHOWN]],
        warning_count=len(warnings),
        added=[_line(one, shape, after=one) for one in diff.added[:MOST_SHOWN]],
        changed=[
            _line(one.after, shape, before=one.before, after=one.after, shape_before=shape_before)
            for one in diff.changed[:MOST_SHOWN]
        ],
        removed=[
            _line(one, shape_before, before=one, shape_before=shape_before)
            for one in diff.removed[:MOST_SHOWN]
        ],
    )


def _line(
    row: Row,
    shape: Shape,
    *,
    before: Row | None = None,
    after: Row | None = None,
    shape_before: Shape | None = None,
) -> DiffLine:
    return DiffLine(
        period=row.period,
        cell=cell_words(row=row, shape=shape),
        before=full_words(figure=before.figure, shape=shape_before or shape) if before else "",
        after=full_words(figure=after.figure, shape=shape) if after else "",
    )

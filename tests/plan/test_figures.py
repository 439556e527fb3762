"""What may be said of one figure."""

import pytest

from lms.plan.rules import Band, Motive, percent_of
from lms.plan.rules.figures import show_figure


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, 33), (2, 3, 67), (129, 200, 65), (1, 200, 1), (0, 5, 0), (5, 5, 100), (0, 0, None)],
)
def test_percentage_is_whole_and_halves_go_up(part: int, whole: int, percent: int | None) -> None:
    assert percent_of(part=part, whole=whole) == percent


@pytest.mark.parametrize(
    ("value", "headcount", "band", "motive"),
    [
        (4, 9, Band.NONE, Motive.SMALL),
        (5, 10, Band.NONE, Motive.NONE),
        (0, 12, Band.NONE, Motive.FEW),
        (12, 12, Band.NONE, Motive.FEW),
        (4, 30, Band.NONE, Motive.FEW),
        (26, 30, Band.NONE, Motive.FEW),
        (0, 30, Band.LOW, Motive.NONE),
        (1, 30, Band.LOW, Motive.NONE),
        (30, 30, Band.HIGH, Motive.NONE),
        (0, 3000, Band.LOW, Motive.NONE),
        (2998, 3000, Band.HIGH, Motive.NONE),
        (6, 3000, Band.NONE, Motive.NONE),
    ],
)
def test_figure_that_tells_of_each_person_is_not_exact(
    value: int, headcount: int, band: Band, motive: Motive
) -> None:
    figure = show_figure(value=value, headcount=headcount, k=10)
    assert (figure.band, figure.motive) == (band, motive)
    assert (figure.value is None) == bool(band or motive)


def test_hidden_figure_has_no_percentage() -> None:
    assert show_figure(value=3, headcount=9, k=10).percent is None

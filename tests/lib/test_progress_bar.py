"""A long command says how far it is: to people, not to files."""

import io

from lms.lib.progress_bar import ProgressBar


class Terminal(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


def lines_of(stream: io.StringIO) -> list[str]:
    return [line for line in stream.getvalue().replace("\n", "").split("\r") if line]


def test_nothing_is_written_where_nobody_looks() -> None:
    stream = io.StringIO()
    bar = ProgressBar(total=2, unit="filas", stream=stream)
    bar.advance()
    bar.finish()
    assert stream.getvalue() == ""


def test_the_last_state_is_left_standing() -> None:
    stream = Terminal()
    bar = ProgressBar(total=2, unit="filas", stream=stream)
    bar.advance(2)
    bar.finish()
    assert stream.getvalue().endswith(f"\r[{'#' * 30}] 100 %  2 filas\n")


def test_half_of_the_work_is_half_of_the_bar() -> None:
    stream = Terminal()
    ProgressBar(total=10, unit="filas", stream=stream).advance(5)
    assert lines_of(stream) == [f"[{'#' * 15}{'.' * 15}]  50 %  5 filas"]


def test_a_line_is_written_at_most_once_per_hundredth() -> None:
    stream = Terminal()
    bar = ProgressBar(total=100_000, unit="filas", stream=stream)
    for _ in range(100_000):
        bar.advance()
    assert len(lines_of(stream)) == 101


def test_more_than_was_expected_stays_at_a_hundred() -> None:
    stream = Terminal()
    bar = ProgressBar(total=2, unit="filas", stream=stream)
    bar.advance(5)
    assert lines_of(stream)[-1] == f"[{'#' * 30}] 100 %  5 filas"


def test_without_a_total_only_the_count_is_shown() -> None:
    stream = Terminal()
    bar = ProgressBar(total=None, unit="filas", stream=stream)
    for _ in range(2500):
        bar.advance()
    bar.finish()
    assert lines_of(stream) == ["1 filas", "1000 filas", "2000 filas", "2500 filas"]


def test_nothing_to_do_is_no_division_by_zero() -> None:
    stream = Terminal()
    bar = ProgressBar(total=0, unit="filas", stream=stream)
    bar.advance(0)
    bar.finish()
    assert lines_of(stream)[-1] == "0 filas"

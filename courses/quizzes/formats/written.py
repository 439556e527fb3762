"""What writing questions in a format gives."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """A file. ``left_out``: keys of the questions that the format cannot say."""

    content: bytes
    left_out: tuple[str, ...] = ()

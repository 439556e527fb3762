"""How many people to measure with, and what came out."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """``people`` in institutions of all sizes, and one more institution of ``institution`` people."""

    people: int
    institution: int = 0

    @property
    def name(self) -> str:
        return f"p{self.people}_i{self.institution}"


DEFAULT_CASES = (Case(1_000), Case(10_000), Case(100_000), Case(1_000, 25_000))


@dataclass(frozen=True)
class Figure:
    """One measurement: ``seconds`` is a median; ``queries`` is ``None`` where they are not counted."""

    name: str
    seconds: float
    queries: int | None = None


@dataclass(frozen=True)
class Result:
    """What one case gave. ``largest`` counts the people of the institution that HR looks at."""

    case: Case
    largest: int
    database_bytes: int
    peak_bytes: int
    figures: tuple[Figure, ...] = field(default=())

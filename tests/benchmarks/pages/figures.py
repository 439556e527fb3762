"""What came out of measuring a page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageCost:
    """One page. Milliseconds of processor for one request; ``database_ms`` ``None``: the same process."""

    name: str
    queries: int
    html_bytes: int
    application_ms: float
    database_ms: float | None

    @property
    def total_ms(self) -> float:
        return self.application_ms + (self.database_ms or 0)

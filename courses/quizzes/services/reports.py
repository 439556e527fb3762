"""What an import did, or would do, in the words of whoever imports."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a question that could be read. The values are stored."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class ImportedQuestion:
    """``where``: its name or number in the file. ``notes``: what was changed in it, a sentence each."""

    where: str
    key: str
    stem: str
    outcome: Outcome
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOutQuestion:
    """``reasons``: why, a sentence each."""

    where: str
    stem: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ImportReport:
    """All questions of the file: those of the bank that are not in it are not touched."""

    questions: tuple[ImportedQuestion, ...] = ()
    refused: tuple[LeftOutQuestion, ...] = ()

    @property
    def imported(self) -> list[ImportedQuestion]:
        return self._of(Outcome.NEW)

    @property
    def updated(self) -> list[ImportedQuestion]:
        return self._of(Outcome.UPDATED)

    @property
    def unchanged(self) -> list[ImportedQuestion]:
        return self._of(Outcome.UNCHANGED)

    @property
    def skipped(self) -> list[ImportedQuestion]:
        """Those whose key is in the bank, where the bank's were not to be changed."""
        return self._of(Outcome.SKIPPED)

    @property
    def written(self) -> list[ImportedQuestion]:
        return [question for question in self.questions if question.outcome in (Outcome.NEW, Outcome.UPDATED)]

    @property
    def adapted(self) -> list[ImportedQuestion]:
        """Those written otherwise than they stand in the file."""
        return [question for question in self.written if question.notes]

    @property
    def as_they_were(self) -> list[ImportedQuestion]:
        return [question for question in self.written if not question.notes]

    def _of(self, outcome: Outcome) -> list[ImportedQuestion]:
        return [question for question in self.questions if question.outcome is outcome]

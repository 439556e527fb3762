"""What somebody answered to one question, and how two answers are told apart. Pure."""

import hashlib
import json
from dataclasses import dataclass, field

from lms.diagnostics.rules.scoring import Given


@dataclass(frozen=True)
class AnswerValue:
    """``level``: position in the scale, from 0; ``None`` where it does not apply or is not answered yet.

    ``file_count``: files are added and taken away apart from the rest, and are not in the digest.
    """

    level: int | None = None
    is_not_applicable: bool = False
    comment: str = ""
    evidence_text: str = ""
    evidence_links: tuple[str, ...] = field(default=())
    file_count: int = 0

    @property
    def is_answered(self) -> bool:
        return self.is_not_applicable or self.level is not None

    @property
    def has_evidence(self) -> bool:
        return bool(self.evidence_text or self.evidence_links or self.file_count)

    @property
    def given(self) -> Given | None:
        """As the score takes it; ``None`` before it is answered."""
        if not self.is_answered:
            return None
        return Given(level=None if self.is_not_applicable else self.level, has_evidence=self.has_evidence)

    @property
    def digest(self) -> str:
        """The same for the same answer: what a form remembers of the one that it showed."""
        parts = [
            self.level, self.is_not_applicable, self.comment, self.evidence_text, list(self.evidence_links),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

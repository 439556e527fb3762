"""The preview of a draft: counted at once where people are few, by a job where they are many."""

from dataclasses import dataclass
from datetime import date

from lms.progress.models import TrainingRequirement
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.previews import Preview, count_concerned, preview_draft
from lms.progress.services.previews import draft_digest, order_preview

AT_ONCE = 3000
"""People that can be gone through while somebody waits: about a second."""


@dataclass(frozen=True)
class ShownPreview:
    """``figures`` is ``None`` while a job is counting."""

    people: int
    figures: Preview | None


def get_preview(*, requirement: TrainingRequirement, day: date) -> ShownPreview:
    """The preview of the draft as it stands today."""
    people = count_concerned(requirement=requirement)
    if people <= AT_ONCE:
        return ShownPreview(people, preview_draft(requirement=requirement, day=day))
    stored = requirement.preview
    if stored.get("digest") == draft_digest(requirement=requirement, day=day) and "figures" in stored:
        return ShownPreview(people, read_figures(stored["figures"]))
    order_preview(requirement=requirement, day=day)
    return ShownPreview(people, None)


def read_figures(stored: dict[str, object]) -> Preview:
    """The figures as a job stored them: JSON has no numbers as names."""
    values = dict(stored)
    for name in ("before", "after"):
        counts = values[name]
        assert isinstance(counts, dict)
        values[name] = {Standing(int(key)): number for key, number in counts.items()}
    return Preview(**values)  # type: ignore[arg-type]

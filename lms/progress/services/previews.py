"""Previews of large audiences: ordered by a screen, counted and kept by a job."""

import hashlib
from dataclasses import asdict
from datetime import date

import msgspec
from django.utils.module_loading import import_string

from lms.progress.models import TrainingRequirement
from lms.progress.selectors.previews import preview_draft

PREVIEW_TASK = "lms.progress.tasks.preview_requirement"


def draft_digest(*, requirement: TrainingRequirement, day: date) -> str:
    """What a preview was counted for: the draft, what is in force, the day."""
    latest = requirement.versions.count()
    content = msgspec.json.encode([requirement.draft, latest, day.isoformat()], order="sorted")
    return hashlib.sha256(content).hexdigest()[:32]


def order_preview(*, requirement: TrainingRequirement, day: date) -> None:
    """Have the draft counted, unless that is under way already."""
    digest = draft_digest(requirement=requirement, day=day)
    if requirement.preview.get("digest") == digest:
        return
    TrainingRequirement.objects.filter(pk=requirement.pk).update(preview={"digest": digest})
    import_string(PREVIEW_TASK).enqueue(requirement.pk, day.isoformat())


def keep_preview(*, requirement_id: int, day: date) -> None:
    """Count the draft and keep the figures, unless it was written anew meanwhile. Safe to repeat."""
    row = TrainingRequirement.objects.get(pk=requirement_id)
    digest = draft_digest(requirement=row, day=day)
    figures = asdict(preview_draft(requirement=row, day=day))
    for name in ("before", "after"):
        figures[name] = {str(int(standing)): people for standing, people in figures[name].items()}
    TrainingRequirement.objects.filter(pk=requirement_id, preview__digest=digest).update(
        preview={"digest": digest, "figures": figures}
    )

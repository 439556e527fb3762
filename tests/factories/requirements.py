"""Requirements through the real services: drafted, published and applied to people."""

from datetime import date, datetime
from typing import Any

from lms.people.models import Institution, User
from lms.progress.models import TrainingRequirement
from lms.progress.rules.requirements import AudienceSpec, DueSpec, RequirementSpec
from lms.progress.services.applying import apply_requirement
from lms.progress.services.requirements import RequirementText, publish_requirement, save_draft


def make_spec(*courses: int, starts_on: date, due_on: date | None = None, **more: Any) -> RequirementSpec:
    """Everybody of the owner, all the courses; without ``due_on`` thirty days after being reached."""
    due = more.pop("due", DueSpec(day=due_on) if due_on else DueSpec(kind="days", days=30))
    audience = AudienceSpec(**more.pop("audience", {}))
    return RequirementSpec(courses=courses, starts_on=starts_on, due=due, audience=audience, **more)


def draft_requirement(
    *, owner: Institution | None, spec: RequirementSpec, at: datetime, title: str = "Integridad 2026"
) -> TrainingRequirement:
    """A draft."""
    text = RequirementText(title=title, reason="Lo pide el plan anual.", target_percent=80)
    return save_draft(requirement=None, owner=owner, text=text, spec=spec, author=None, at=at)


def make_requirement(
    *,
    owner: Institution | None,
    spec: RequirementSpec,
    at: datetime,
    title: str = "Integridad 2026",
    author: User | None = None,
) -> TrainingRequirement:
    """One in force, applied to everybody."""
    row = draft_requirement(owner=owner, spec=spec, at=at, title=title)
    publish_requirement(requirement_id=row.pk, allowed=None, author=author, note="", at=at)
    apply_requirement(requirement_id=row.pk, at=at)
    row.refresh_from_db()
    return row

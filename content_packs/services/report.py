"""What an installation changes, said one difference at a time."""

from dataclasses import dataclass, field
from typing import Any

from courses.models import CourseRelease


@dataclass(frozen=True)
class Change:
    """One difference: ``verb`` is ``nuevo``, ``cambia``, ``se retira``."""

    verb: str
    what: str

    def __str__(self) -> str:
        return f"{self.verb}: {self.what}"


@dataclass
class Report:
    """What an installation changed, and the release it made."""

    changes: list[Change] = field(default_factory=list)
    release: CourseRelease | None = None
    is_new_release: bool = False

    def note(self, verb: str, what: str) -> None:
        self.changes.append(Change(verb, what))


def set_values(instance: Any, values: dict[str, Any]) -> bool:
    """Set what differs; True when something did."""
    changed = False
    for name, value in values.items():
        if getattr(instance, name) != value:
            setattr(instance, name, value)
            changed = True
    return changed


def without_ids(value: Any) -> Any:
    """StreamField data without the random ids that the editor gives to blocks."""
    if isinstance(value, dict):
        return {k: without_ids(v) for k, v in value.items() if not (k == "id" and "type" in value)}
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    return value

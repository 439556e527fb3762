"""What an indicator says, frozen with each release; and what of it gives figures another meaning. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.lib.canonical import canonical, digest

WORDS = (
    "title", "definition", "method", "origin_text", "origin_url", "unit", "direction", "numerator_label",
    "denominator_label", "baseline_value", "baseline_period", "baseline_source_text", "baseline_source_url",
    "target_value", "target_period", "target_source_text", "target_source_url", "source_text", "source_url",
    "licence", "sdg_target",
)  # fmt: skip
"""Fields that a release keeps beside its :class:`~lms.indicators.rules.shapes.Shape`."""

MEASURE = (
    "kind", "unit", "factor", "decimals", "numerator_label", "denominator_label", "is_part_of_whole",
    "frequency", "dimensions", "definition", "method",
)  # fmt: skip
"""Fields without which a figure cannot be understood: another one asks for a new release."""

REFERENCES = tuple(name for name in WORDS if name.startswith(("baseline_", "target_")))
"""What figures are compared with, in their unit."""

VALUE = frozenset({"kind", "unit", "factor", "decimals"})
"""Those of them that change what is read of the same numerator and denominator."""


@dataclass(frozen=True)
class Redefined:
    """One field of what is measured, before and after."""

    field: str
    before: Any
    after: Any

    @property
    def moves_values(self) -> bool:
        return self.field in VALUE


def measure_mark(*, said: Mapping[str, Any]) -> str:
    """Sixteen hexadecimal characters that differ where something else is measured."""
    measured = {name: said.get(name) for name in MEASURE}
    return digest(canonical(measured))[:16]


def find_redefined(*, before: Mapping[str, Any], after: Mapping[str, Any]) -> Sequence[Redefined]:
    """What is measured otherwise; both as plain JSON with all fields of ``MEASURE``."""
    return [
        Redefined(name, before[name], after[name]) for name in MEASURE if before.get(name) != after.get(name)
    ]

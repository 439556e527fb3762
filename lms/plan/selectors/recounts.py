"""True counts of a goal, and their keyed hash: what a seal keeps instead of the counts."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from lms.lib.tokens import keyed_hash
from lms.plan.models import CoverageCell, TrainingGoal
from lms.plan.rules import RULES_VERSION
from lms.plan.rules.seals import counts_text
from lms.progress.selectors.coverage import (
    QUERY_VERSION,
    Cell,
    Known,
    Population,
    count_cells,
    count_citizens,
)

CROSSING = ("institution_id", "estamento", "legal_quality")
PURPOSE = "cobertura-sellada"


@dataclass(frozen=True)
class GoalDefinition:
    """What a goal counts, as a seal keeps it."""

    course_codes: tuple[str, ...]
    includes_honorarios: bool
    is_for_citizens: bool
    population: Population

    @classmethod
    def of(cls, goal: TrainingGoal) -> "GoalDefinition":
        return cls(
            course_codes=tuple(goal.course_codes),
            includes_honorarios=goal.includes_honorarios,
            is_for_citizens=goal.is_for_citizens,
            population=Population(
                institutions=tuple(goal.institutions),
                estamentos=tuple(goal.estamentos),
                legal_qualities=tuple(goal.legal_qualities),
            ),
        )

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "GoalDefinition":
        """The reverse of :meth:`write`."""
        return cls(
            course_codes=tuple(data["cursos"]),
            includes_honorarios=data["incluye_honorarios"],
            is_for_citizens=data["publico"] == TrainingGoal.Audience.CITIZENS,
            population=Population(
                institutions=tuple(data["instituciones"]),
                estamentos=tuple(data["estamentos"]),
                legal_qualities=tuple(data["calidades_juridicas"]),
            ),
        )

    def write(self) -> dict[str, Any]:
        audiences = TrainingGoal.Audience
        return {
            "cursos": list(self.course_codes),
            "incluye_honorarios": self.includes_honorarios,
            "publico": str(audiences.CITIZENS if self.is_for_citizens else audiences.EMPLOYEES),
            "instituciones": list(self.population.institutions),
            "estamentos": list(self.population.estamentos),
            "calidades_juridicas": list(self.population.legal_qualities),
        }


def versions() -> dict[str, int]:
    """Of the query that counts and of the rules that publish."""
    return {"consulta": QUERY_VERSION, "reglas": RULES_VERSION}


def count_goal(*, definition: GoalDefinition, cutoff: date, known: Known | None = None) -> list[Cell]:
    """Every cell with somebody in it; of citizens one, without headcount. One query."""
    if definition.is_for_citizens:
        return [count_citizens(course_codes=definition.course_codes, cutoff=cutoff, known=known)]
    return count_cells(
        course_codes=definition.course_codes,
        cutoff=cutoff,
        dimensions=CROSSING,
        honorarios=definition.includes_honorarios,
        population=definition.population,
        known=known,
    )


def write_known(*, known: Known) -> dict[str, Any]:
    return asdict(known) | {"at": known.at.isoformat()}


def read_known(*, data: Mapping[str, Any]) -> Known:
    """The reverse of :func:`write_known`."""
    return Known(**(dict(data) | {"at": datetime.fromisoformat(data["at"])}))


def key_mark() -> str:
    """Tells whether hashes of counts were made with the key that is in force."""
    return keyed_hash("clave", purpose=PURPOSE, key=settings.PSEUDONYM_KEY)[:16]


def hash_counts(*, cells: Iterable[Cell | CoverageCell], known: Mapping[str, Any]) -> str:
    """The keyed hash of true counts: whoever has no key of the installation tries in vain to guess them."""
    rows = [
        (
            cell.institution_id or 0, cell.estamento or "", cell.legal_quality or "",
            cell.headcount, cell.reached, cell.started, cell.assessed, cell.completed,
        )
        for cell in cells
    ]  # fmt: skip
    return keyed_hash(counts_text(known=known, rows=rows), purpose=PURPOSE, key=settings.PSEUDONYM_KEY)

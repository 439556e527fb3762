"""Rosters that a system loads."""

from datetime import date
from typing import Any

from pydantic import Field

from lms.api.roster_bodies import FILES, JSON
from lms.api.schemas.base import EXAMPLE_ID, Document, Instant
from lms.people.models import RosterImport, RosterStatus
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RowProblem
from lms.people.rosters.wording import describe_problem

STATES = ", ".join(RosterStatus.values)


class RosterNumbers(Document):
    """People; ``wrong`` and ``problems``: rows and cells."""

    correct: int = Field(examples=[118])
    wrong: int = Field(examples=[2])
    problems: int = Field(examples=[2])
    new: int = Field(description="Personas que no conocíamos.", examples=[3])
    joined: int = Field(description="Se incorporan.", examples=[1])
    moved: int = Field(description="Cambian de unidad, estamento o calidad.", examples=[4])
    changed: int = Field(description="Cambian sus datos.", examples=[2])
    unchanged: int = Field(examples=[108])
    ended: int = Field(description="Dejan de figurar.", examples=[5])
    new_units: int = Field(description="Unidades que se crean.", examples=[0])


class RosterProblem(Document):
    row: int = Field(description="Número de fila; 1 es la de los títulos.", examples=[14])
    column: str = Field(description="Columna; vacía si es toda la fila.", examples=["run"])
    problem: str = Field(description="Qué pasa, en una palabra que no cambia.", examples=["wrong_digit"])
    detail: str = Field(examples=["el dígito verificador no corresponde. Revisa el número."])


class RosterOut(Document):
    id: str = Field(examples=[EXAMPLE_ID])
    institution: str = Field(description="Código.", examples=["AA001"])
    roster_date: date = Field(description="El día en que la nómina es verdadera.", examples=["2026-11-28"])
    state: str = Field(description=f"{STATES}.", examples=["preview"])
    done: int = Field(description="Cuánto lleva, mientras se trabaja en ella.", examples=[0])
    total: int = Field(description="De cuánto.", examples=[0])
    reason: str = Field(description="Por qué volvió a revisión o no se pudo leer.", examples=[""])
    created_at: Instant
    decided_at: Instant | None = Field(examples=[None])
    can_be_applied: bool = Field(description="false: demasiadas filas con error.", examples=[True])
    needs_confirmation: bool = Field(description="Pide «confirm_ended» al aplicar.", examples=[False])
    can_be_undone: bool = Field(examples=[False])
    numbers: RosterNumbers
    problems: list[RosterProblem] = Field(description="Los primeros 200.")


class RosterChoices(Document):
    """What has to be said to apply a preview that is not clean."""

    include_errors: bool = Field(
        default=False, description="Aplica las filas correctas y deja fuera las otras."
    )
    confirm_ended: bool = Field(
        default=False, description="Es correcto que dejen de figurar tantas personas."
    )


def _text(text: str, example: str) -> dict[str, Any]:
    return {"type": "string", "description": text, "examples": [example]}


_ROW = {
    "type": "object",
    "additionalProperties": False,
    "required": ["run", "given_names", "family_names", "legal_quality"],
    "properties": {
        "run": _text("Con dígito verificador.", "12345678-5"),
        "given_names": _text("Nombres.", "Ana"),
        "family_names": _text("Apellidos.", "Rojas Díaz"),
        "email": _text("Correo de trabajo.", "nombre.apellido@institucion.example"),
        "unit": _text("Código o nombre de la unidad; o los dos campos que siguen.", "PER"),
        "unit_code": _text("Código de la unidad.", "PER"),
        "unit_name": _text("Nombre de la unidad.", "Departamento de Personas"),
        "parent_unit": _text("Código de la unidad de la que depende.", "ADM"),
        "estamento": _text("Puede faltar en honorarios.", "Profesionales"),
        "legal_quality": _text("Calidad jurídica.", "Contrata"),
        "grade": _text("Grado.", "12"),
        "position": _text("Cargo o función.", "Analista"),
        "region": _text("Nombre o número.", "RM"),
        "valid_from": _text("Primer día; si falta, la fecha de la nómina.", "2024-01-01"),
        "valid_until": _text("Último día, si se conoce.", "2026-12-31"),
        "away_from": _text("Primer día de una ausencia.", "2026-10-01"),
        "away_until": _text("Último día de la ausencia.", "2026-10-31"),
    },
}

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["rows"],
                    "properties": {"rows": {"type": "array", "items": _ROW}},
                }
            },
            **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in FILES},
        },
    }
}
"""How the body of a new roster is described: it is read as it arrives, not by the parser."""


def show_roster(roster: RosterImport, problems: list[RowProblem], *, is_undoable: bool) -> RosterOut:
    counts = RosterCounts.from_stored(roster.counts)
    numbers = {name: getattr(counts, name) for name in RosterNumbers.model_fields}
    return RosterOut(
        id=str(roster.public_id),
        institution=roster.institution.code,
        roster_date=roster.roster_date,
        state=roster.status,
        done=roster.done,
        total=roster.total,
        reason=roster.reason.partition("|")[0],
        created_at=roster.created_at,
        decided_at=roster.decided_at,
        can_be_applied=counts.can_be_applied,
        needs_confirmation=counts.needs_confirmation,
        can_be_undone=is_undoable,
        numbers=RosterNumbers(**numbers),
        problems=[
            RosterProblem(
                row=item.row, column=item.column, problem=item.problem, detail=describe_problem(problem=item)
            )
            for item in problems
        ],
    )

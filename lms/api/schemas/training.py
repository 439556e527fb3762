"""Where people stand, what they completed, and how many they are."""

from collections.abc import Mapping
from datetime import date

from pydantic import Field

from lms.api.schemas.base import EXAMPLE_ID, CopyPage, Document
from lms.api.selectors.completions import CompletedRow
from lms.progress.models import AssignedTraining, Completion
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.standings import CellTally

STANDINGS = ", ".join(standing.name.lower() for standing in Standing)


class StandingOut(Document):
    person: str = Field(description="Identificador de la persona.", examples=[EXAMPLE_ID])
    standing: str = Field(description=f"Situación ese día: {STANDINGS}.", examples=["late"])
    assigned_on: date = Field(description="Desde cuándo se le exige.", examples=["2026-03-01"])
    due_on: date | None = Field(
        description="Último día a tiempo, si está pendiente.", examples=["2026-12-15"]
    )
    done_on: date | None = Field(description="Cuándo lo completó, si está al día.", examples=[None])
    valid_until: date | None = Field(description="Hasta cuándo vale lo completado.", examples=[None])
    institution: str = Field(description="Institución en que se le exige.", examples=["AA001"])
    unit: str = Field(description="Unidad en que se le exige.", examples=["PER"])
    estamento: str = Field(examples=["profesionales"])
    legal_quality: str = Field(examples=["contrata"])


class StandingPage(CopyPage):
    on: date = Field(description="El día del que habla la lista.", examples=["2026-11-20"])
    total: int | None = Field(
        description="Solo en la última página y sin filtros: cuántas personas debe tener tu copia.",
        examples=[1480],
    )
    items: list[StandingOut]


class CompletionOut(Document):
    id: str = Field(description="Identificador estable.", examples=[EXAMPLE_ID])
    course: str = Field(description="Código del curso.", examples=["integridad-fundamentos"])
    completed_on: date = Field(examples=["2026-11-18"])
    valid_until: date | None = Field(description="Último día en que vale; null: no vence.", examples=[None])
    percent: int | None = Field(description="Resultado, 0 a 100, si se midió.", examples=[90])
    minutes: int = Field(description="Duración del curso en minutos.", examples=[90])
    assurance: str = Field(description="Garantía: A medido aquí … D atestiguado.", examples=["A"])
    counts: bool = Field(description="false: se decidió que ya no vale.", examples=[True])


class CompletedOut(Document):
    person: str = Field(description="Identificador de la persona.", examples=[EXAMPLE_ID])
    minutes: int = Field(description="Suma de los minutos de sus cursos de esta lista.", examples=[90])
    completions: list[CompletionOut] = Field(description="Todos los suyos: reemplaza los que tenías.")


class CompletedPage(CopyPage):
    items: list[CompletedOut]


class CountOut(Document):
    institution: str | None = Field(
        description="Código, al contar por institución o unidad.", examples=["AA001"]
    )
    unit: str | None = Field(description="Código, al contar por unidad.", examples=["PER"])
    estamento: str | None = Field(examples=[None])
    legal_quality: str | None = Field(examples=[None])
    people: int = Field(description="Todas las personas.", examples=[120])
    asked: int = Field(description="A quienes se exige ese día: sin eximidas ni con permiso.", examples=[115])
    met: int = Field(description="Al día: completadas y por vencer.", examples=[80])
    not_started: int = Field(examples=[10])
    in_progress: int = Field(examples=[15])
    late: int = Field(examples=[10])
    done: int = Field(examples=[75])
    expiring: int = Field(examples=[5])
    exempt: int = Field(examples=[2])
    on_leave: int = Field(examples=[3])
    rate: float | None = Field(description="met ÷ asked en porcentaje; null sin personas.", examples=[69.6])


class CountList(Document):
    on: date = Field(description="El día del que hablan los totales.", examples=["2026-11-20"])
    items: list[CountOut]


def show_standing(row: AssignedTraining) -> StandingOut:
    return StandingOut(
        person=str(row.person.public_id),
        standing=Standing(row.standing).name.lower(),
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        done_on=row.done_on,
        valid_until=row.valid_until,
        institution=row.institution.code,
        unit=row.unit.code,
        estamento=row.estamento,
        legal_quality=row.legal_quality,
    )


def show_completed(row: CompletedRow) -> CompletedOut:
    return CompletedOut(
        person=str(row.person.public_id),
        minutes=sum(completion.minutes for completion in row.completions),
        completions=[_completion(completion) for completion in row.completions],
    )


def _completion(row: Completion) -> CompletionOut:
    return CompletionOut(
        id=str(row.public_id),
        course=row.course.code,
        completed_on=row.completed_on,
        valid_until=row.valid_until,
        percent=row.percent,
        minutes=row.minutes,
        assurance=row.assurance,
        counts=row.counts,
    )


def show_count(
    cell: CellTally, *, places: Mapping[int, str], units: Mapping[int, tuple[str, str]]
) -> CountOut:
    """``places`` and ``units``: codes by number."""
    tally = cell.tally
    return CountOut(
        institution=places.get(cell.institution_id or 0),
        unit=units.get(cell.unit_id or 0, ("", None))[1],
        estamento=cell.estamento,
        legal_quality=cell.legal_quality,
        people=tally.people,
        asked=tally.asked,
        met=tally.met,
        rate=tally.rate,
        **{standing.name.lower(): tally.count(standing) for standing in Standing},
    )

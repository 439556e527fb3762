"""People, their postings and their absences."""

from datetime import date
from typing import Any

from pydantic import Field

from lms.api.schemas.base import EXAMPLE_ID, CopyPage, Document
from lms.api.selectors.people import PersonRecord, PersonRow
from lms.people.models import Leave, Person, Posting


class PostingOut(Document):
    id: str = Field(description="Identificador estable de la destinación.", examples=[EXAMPLE_ID])
    institution: str = Field(description="Código de la institución.", examples=["AA001"])
    unit: str = Field(description="Código de la unidad.", examples=["PER"])
    estamento: str = Field(examples=["profesionales"])
    legal_quality: str = Field(description="Calidad jurídica.", examples=["contrata"])
    grade: str = Field(description="Grado, si se informó.", examples=["12"])
    position: str = Field(description="Cargo o función, si se informó.", examples=["Analista"])
    region: str = Field(description="Región, si se informó.", examples=["CL-RM"])
    valid_from: date = Field(description="Primer día.", examples=["2024-01-01"])
    valid_until: date | None = Field(description="Último día; null si sigue.", examples=[None])


class LeaveOut(Document):
    """Days away; why is never asked nor kept."""

    institution: str = Field(description="Código de la institución.", examples=["AA001"])
    first_day: date = Field(examples=["2026-10-01"])
    last_day: date | None = Field(
        description="Último día; null si no tiene término.", examples=["2026-10-31"]
    )


class _Person(Document):
    id: str = Field(description="Identificador estable de la persona.", examples=[EXAMPLE_ID])
    run: str = Field(
        description="RUN enmascarado: no permite conocer el número. Vacío si no se conoce.",
        examples=["12.•••.•78-5"],
    )
    given_names: str = Field(examples=["Ana"])
    family_names: str = Field(examples=["Rojas Díaz"])
    email: str = Field(
        description="Correo de trabajo; vacío si no se conoce.",
        examples=["nombre.apellido@institucion.example"],
    )


class PersonOut(_Person):
    posting: PostingOut = Field(description="La destinación de hoy; de varias, la que empezó última.")


class PersonRecordOut(_Person):
    postings: list[PostingOut] = Field(description="Todas dentro del alcance de la llave, la última primero.")
    leaves: list[LeaveOut] = Field(description="Ausencias, la última primero. El motivo no se guarda.")


class PeoplePage(CopyPage):
    items: list[PersonOut]


def show_posting(row: Posting) -> PostingOut:
    return PostingOut(
        id=str(row.public_id),
        institution=row.institution.code,
        unit=row.unit.code,
        estamento=row.estamento,
        legal_quality=row.legal_quality,
        grade=row.grade,
        position=row.position,
        region=row.region,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def show_leave(row: Leave) -> LeaveOut:
    return LeaveOut(institution=row.institution.code, first_day=row.first_day, last_day=row.last_day)


def show_person(row: PersonRow) -> PersonOut:
    return PersonOut(**_own(row.person), posting=show_posting(row.posting))


def show_record(row: PersonRecord) -> PersonRecordOut:
    return PersonRecordOut(
        **_own(row.person),
        postings=[show_posting(posting) for posting in row.postings],
        leaves=[show_leave(leave) for leave in row.leaves],
    )


def _own(person: Person) -> dict[str, Any]:
    return {
        "id": str(person.public_id),
        "run": person.run_masked,
        "given_names": person.given_names,
        "family_names": person.family_names,
        "email": person.email,
    }

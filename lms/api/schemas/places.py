"""Institutions and units."""

from datetime import date

from pydantic import Field

from lms.api.schemas.base import Document, Page
from lms.people.models import Institution, Unit


class InstitutionOut(Document):
    code: str = Field(description="Código estable de la institución.", examples=["AA001"])
    name: str = Field(examples=["Servicio de Registros Territoriales"])
    kind: str = Field(description="ministry, service, municipality u other.", examples=["service"])
    parent: str | None = Field(description="Código de aquella de la que depende.", examples=["AA000"])
    successor: str | None = Field(description="Código de la que la sucede.", examples=[None])
    valid_from: date | None = Field(description="Existe desde.", examples=["1990-03-11"])
    valid_until: date | None = Field(description="Existe hasta.", examples=[None])


class UnitOut(Document):
    code: str = Field(description="Código de la unidad dentro de su institución.", examples=["PER"])
    name: str = Field(examples=["Departamento de Personas"])
    parent: str | None = Field(description="Código de la unidad de la que depende.", examples=["ADM"])
    valid_until: date | None = Field(description="Existe hasta; null si sigue.", examples=[None])


class InstitutionPage(Page):
    items: list[InstitutionOut]


class UnitPage(Page):
    items: list[UnitOut]


def show_institution(row: Institution) -> InstitutionOut:
    return InstitutionOut(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent=row.parent.code if row.parent else None,
        successor=row.successor.code if row.successor else None,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


def show_unit(row: Unit) -> UnitOut:
    return UnitOut(
        code=row.code,
        name=row.name,
        parent=row.parent.code if row.parent else None,
        valid_until=row.valid_until,
    )

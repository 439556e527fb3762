"""What training is asked, of whom and by when."""

from datetime import date
from typing import Any

from pydantic import Field

from lms.api.schemas.base import EXAMPLE_ID, Document, Instant, Page
from lms.api.selectors.requirements import RequirementRow, VersionRow
from lms.progress.rules.requirements import DueKind


class AudienceOut(Document):
    """An empty condition asks for nothing; those given add up."""

    everybody: bool = Field(description="false: solo personas nombradas una a una.", examples=[True])
    institutions: list[str] = Field(
        description="Códigos; vacío: las de quien la exige.", examples=[["AA001"]]
    )
    with_dependents: bool = Field(description="También las que dependen de ellas.", examples=[False])
    units: list[str] = Field(
        description="«institución/unidad», con las que cuelgan.", examples=[["AA001/PER"]]
    )
    estamentos: list[str] = Field(examples=[["profesionales"]])
    legal_qualities: list[str] = Field(examples=[["contrata"]])
    positions: list[str] = Field(description="Cargos, en minúsculas y sin tildes.", examples=[["analista"]])
    joined_from: date | None = Field(description="Solo quienes ingresan desde ese día.", examples=[None])
    named_people: int = Field(description="Cuántas personas se agregaron una a una.", examples=[0])
    excluded_people: int = Field(description="Cuántas personas se excluyeron una a una.", examples=[0])


class VersionOut(Document):
    number: int = Field(examples=[1])
    effective_from: date = Field(description="Rige desde.", examples=["2026-03-01"])
    published_at: Instant
    note: str = Field(description="Qué cambió y por qué.", examples=["Prórroga"])
    courses: list[str] = Field(description="Códigos de los cursos.", examples=[["integridad-fundamentos"]])
    mode: str = Field(description="all: todos los cursos; any: cualquiera.", examples=["all"])
    starts_on: date = Field(description="Se exige desde.", examples=["2026-03-01"])
    due_on: date | None = Field(description="Plazo con fecha fija.", examples=["2026-12-15"])
    due_days: int | None = Field(description="O días desde que alcanza a la persona.", examples=[None])
    recertify_months: int = Field(description="Cada cuántos meses se renueva; 0: no.", examples=[24])
    window_days: int = Field(description="Días antes del término en que se puede renovar.", examples=[30])
    grace_days: int = Field(description="Días de gracia después.", examples=[0])
    audience: AudienceOut


class RequirementOut(Document):
    id: str = Field(description="Identificador estable.", examples=[EXAMPLE_ID])
    title: str = Field(examples=["Integridad 2026"])
    reason: str = Field(description="Por qué se exige.", examples=["Lo pide el plan anual."])
    status: str = Field(description="live, publishing, changing o withdrawn.", examples=["live"])
    owner: str | None = Field(
        description="Institución que la exige; null: la plataforma.", examples=["AA001"]
    )
    target_percent: int = Field(description="Meta, en porcentaje.", examples=[80])
    version: VersionOut = Field(description="La versión que rige.")


class RequirementDetailOut(RequirementOut):
    versions: list[VersionOut] = Field(description="Todas, la primera primero.")


class RequirementPage(Page):
    items: list[RequirementOut]


def show_requirement(row: RequirementRow) -> RequirementOut:
    return RequirementOut(**_head(row))


def show_detail(row: RequirementRow) -> RequirementDetailOut:
    versions = [show_version(version) for version in row.versions]
    return RequirementDetailOut(**_head(row), versions=versions)


def _head(row: RequirementRow) -> dict[str, Any]:
    requirement = row.requirement
    return {
        "id": str(requirement.public_id),
        "title": requirement.title,
        "reason": requirement.reason,
        "status": requirement.status,
        "owner": requirement.owner.code if requirement.owner else None,
        "target_percent": requirement.target_percent,
        "version": show_version(row.versions[-1]),
    }


def show_version(row: VersionRow) -> VersionOut:
    spec, audience = row.spec, row.spec.audience
    has_day = spec.due.kind == DueKind.DATE
    return VersionOut(
        number=row.version.number,
        effective_from=row.version.effective_from,
        published_at=row.version.published_at,
        note=row.version.note,
        courses=row.courses,
        mode=spec.mode,
        starts_on=spec.starts_on,
        due_on=spec.due.day if has_day else None,
        due_days=None if has_day else spec.due.days,
        recertify_months=spec.recertify_months,
        window_days=spec.window_days,
        grace_days=spec.grace_days,
        audience=AudienceOut(
            everybody=audience.everybody,
            institutions=row.institutions,
            with_dependents=audience.with_dependents,
            units=[f"{place}/{unit}" for place, unit in row.units],
            estamentos=list(audience.estamentos),
            legal_qualities=list(audience.legal_qualities),
            positions=list(audience.positions),
            joined_from=audience.joined_from,
            named_people=len(audience.people),
            excluded_people=len(audience.excluded),
        ),
    )

"""Typed answers, made from the same definitions as the columns of the files."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from lms.publishing.selectors.fields import Table
from lms.publishing.selectors.tables import TABLES

TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "date": date,
    "datetime": datetime,
    "array": list[str | int],
}
MODEL_NAMES = {
    "plan": "Plan",
    "compromisos": "Compromiso",
    "hitos": "Hito",
    "informes-de-avance": "InformeDeAvance",
    "indicadores": "Indicador",
    "observaciones": "Observacion",
    "reprogramaciones": "Reprogramacion",
    "evidencias": "Evidencia",
    "evaluaciones-externas": "EvaluacionExterna",
    "cambios": "Cambio",
    "cobertura": "Cobertura",
}
USUAL, LARGEST = 100, 1000


class Document(Schema):
    """A part of an answer; a field that was not declared is a mistake of ours."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(Schema):
    """How much of a list, and from where."""

    limit: int = Field(USUAL, ge=1, le=LARGEST, description="Cuántos a la vez.")
    offset: int = Field(0, ge=0, le=10_000_000, description="Cuántos se saltan: úsalo como viene en «next».")


class PartQuery(PageQuery):
    """The same, of one commitment."""

    compromiso: int | None = Field(None, ge=1, le=32_767, description="Solo los de ese compromiso.")


def _document(table: Table) -> type[Document]:
    """One row; whatever is not published is null."""
    fields: dict[str, Any] = {
        field.name: (TYPES[field.kind] | None, Field(..., description=str(field.meaning)))
        for field in table.fields
    }
    made: type[Document] = create_model(MODEL_NAMES[table.name], __base__=Document, **fields)
    return made


def _page(table: Table, row: type[Document]) -> type[Document]:
    made: type[Document] = create_model(
        f"Lista{MODEL_NAMES[table.name]}",
        __base__=Document,
        items=(list[row], Field(..., description=str(table.text))),  # type: ignore[valid-type]
        next=(str | None, Field(..., description="Dirección de la página siguiente; null en la última.")),
        total=(int, Field(..., description="Cuántos hay en toda la lista.")),
    )
    return made


ROWS: dict[str, type[Document]] = {name: _document(table) for name, table in TABLES.items()}
PAGES: dict[str, type[Document]] = {name: _page(TABLES[name], row) for name, row in ROWS.items()}

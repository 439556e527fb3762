"""What all answers share."""

from datetime import UTC, datetime
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, PlainSerializer

EXAMPLE_ID = "3f2b8a34-3c1e-4d0f-9a57-0b6f2f7c9f10"


def spell_instant(at: datetime) -> str:
    """``2026-11-20T15:00:00.000000Z``: in UTC, to the microsecond, so that it can be given back."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


Instant = Annotated[datetime, PlainSerializer(spell_instant, return_type=str)]


class Document(Schema):
    """A part of an answer; a field that we did not declare is a mistake of ours."""

    model_config = ConfigDict(extra="forbid")


class Page(Document):
    """A part of a list."""

    next: str | None = Field(
        description="Dirección de la página siguiente; null en la última.",
        examples=["https://aula.gob.example/api/v1/people/?cursor=WzEyLCIyMDI2…"],
    )


class CopyPage(Page):
    """A part of a list that can be kept up to date."""

    as_of: Instant = Field(
        description="Guárdalo al terminar la última página: es el «since» de la próxima vez.",
        examples=["2026-11-20T14:00:00.000000Z"],
    )
    gone: list[str] = Field(
        description="Solo con «since»: personas que ya no están en la lista. Bórralas de tu copia.",
        examples=[[EXAMPLE_ID]],
    )


class FieldProblem(Document):
    """What is wrong with one part of the request."""

    name: str = Field(examples=["query.limit"])
    detail: str = Field(examples=["debe ser 1000 o menos."])


class ProblemDocument(Document):
    """RFC 9457."""

    type: str = Field(
        description="Dirección que explica el problema; su última parte lo identifica y no cambia.",
        examples=["https://aula.gob.example/api/v1/#invalid-request"],
    )
    title: str = Field(examples=["La solicitud tiene un error"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["Corrige lo que dice «errors» y envíala de nuevo."])
    errors: list[FieldProblem] = Field([], description="Qué está mal en cada parte de la solicitud.")

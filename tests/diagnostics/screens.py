"""Addresses and forms of the screens of diagnostics, for tests."""

from datetime import datetime

from django.urls import reverse

from lms.diagnostics.models import Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue
from tests.factories.diagnostics import (
    CODE,
    begin,
)
from tests.personas import Personas

DESK = f"/plan/diagnosticos/{CODE}/responder/"
EMPTY = AnswerValue().digest
ALL_LEVELS = {"existe": 3, "publicado": 1, "sesiona": 0, "responde": 2}


def draft_of(personas: Personas, questionnaire: Questionnaire, at: datetime) -> Assessment:
    return begin(personas.institution, questionnaire=questionnaire, at=at)


def page_of(assessment: Assessment, name: str, **more: str) -> str:
    return reverse(f"diagnostics:{name}", kwargs={"code": CODE, "public_id": assessment.public_id, **more})


def first_page(**fields: str) -> dict[str, str]:
    """What the form of the first dimension sends when nobody touched it, but for ``fields``."""
    blank = {
        f"{key}-{name}": "" for key in ("existe", "publicado")
        for name in ("level", "comment", "evidence_text", "evidence_links")
    }  # fmt: skip
    seen = {"existe-seen": EMPTY, "publicado-seen": EMPTY}
    return blank | seen | fields


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]

"""``/rosters/``: a system loads the roster of its institution."""

import hashlib
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Body as JsonBody
from ninja import Query, Router, Schema
from pydantic import Field

from lms.api.auth import Bearer, Visit
from lms.api.lists import enter
from lms.api.models import Scope
from lms.api.once import HEADER, LONGEST_KEY, answer_once
from lms.api.parameters import Day, Text
from lms.api.problems import NO_INSTITUTION, Problem, ProblemError
from lms.api.roster_bodies import Body, receive_body
from lms.api.rosters import (
    apply_roster,
    discard_roster,
    first_problems,
    get_roster,
    receive_roster,
    undo_roster,
)
from lms.api.schemas.rosters import BODY, RosterChoices, RosterOut, show_roster
from lms.api.selectors.places import find_institution
from lms.people.models import RosterImport
from lms.people.selectors.rosters import can_be_undone

router = Router(tags=["Nóminas"])
View = TypeVar("View", bound=Callable[..., HttpResponse])

ONCE = "La cabecera `Idempotency-Key` hace que repetir la llamada no actúe dos veces."
NEEDS = "Permiso: `rosters:write`."


class RosterQuery(Schema):
    institution: Text = Field(description="Código de la institución.")
    roster_date: Day = Field(description="El día en que la nómina es verdadera.")


ONCE_PARAMETER = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": ONCE,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "example": "nomina-2026-11-28",
}


@router.post(
    "/rosters/",
    auth=Bearer(Scope.ROSTERS_WRITE),
    response={201: RosterOut},
    url_name="api_v1_rosters",
    operation_id="create_roster",
    summary="Enviar una nómina para revisarla",
    description=(
        "La lee y la compara, y no cambia nada: los números dicen qué cambiaría. El cuerpo es JSON o el "
        "mismo archivo CSV o XLSX que se carga en pantalla. Una grande se lee en segundo plano: pregunta "
        f"por ella hasta que `state` sea preview. {ONCE} {NEEDS}"
    ),
    openapi_extra={**BODY, "parameters": [ONCE_PARAMETER]},
)
def create(request: HttpRequest, params: Query[RosterQuery]) -> HttpResponse:
    visit = enter(request, params)
    body = receive_body(request)
    with closing(body.file):
        return answer_once(
            request=request,
            visit=visit,
            digest=body.digest,
            status=201,
            act=lambda: _create(visit, params, body),
        )


def _create(visit: Visit, params: RosterQuery, body: Body) -> RosterOut:
    institution = find_institution(reach=visit.caller.reach, code=params.institution)
    if institution is None:
        raise ProblemError(Problem.NOT_FOUND, str(NO_INSTITUTION))
    roster = receive_roster(visit=visit, institution=institution, body=body, roster_date=params.roster_date)
    return _show(visit, roster)


@router.get(
    "/rosters/{uuid:roster_id}/",
    auth=Bearer(Scope.ROSTERS_WRITE),
    response=RosterOut,
    url_name="api_v1_roster",
    operation_id="get_roster",
    summary="Una nómina: estado, números y problemas",
    description=NEEDS,
)
def roster(request: HttpRequest, roster_id: UUID) -> RosterOut:
    visit = enter(request)
    return _show(visit, get_roster(visit=visit, public_id=roster_id))


def _decision(name: str, summary: str, text: str) -> Callable[[View], View]:
    """The route of a decision about a roster."""
    return router.post(
        f"/rosters/{{uuid:roster_id}}/{name}/",
        auth=Bearer(Scope.ROSTERS_WRITE),
        response={200: RosterOut},
        url_name=f"api_v1_roster_{name}",
        operation_id=f"{name}_roster",
        summary=summary,
        description=f"{text} {ONCE} {NEEDS}",
        openapi_extra={"parameters": [ONCE_PARAMETER]},
    )


@_decision("apply", "Aplicar una nómina revisada", "Todo lo que mostró la vista previa, o nada.")
def apply(
    request: HttpRequest,
    roster_id: UUID,
    choices: RosterChoices = JsonBody(RosterChoices()),  # noqa: B008
) -> HttpResponse:
    return _decide(
        request,
        roster_id,
        lambda visit, found: apply_roster(
            visit=visit,
            roster=found,
            include_errors=choices.include_errors,
            confirm_ended=choices.confirm_ended,
        ),
    )


@_decision("discard", "Descartar una nómina revisada", "Nada cambia y sus filas se borran.")
def discard(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    return _decide(request, roster_id, lambda visit, found: discard_roster(visit=visit, roster=found))


@_decision("undo", "Deshacer la última nómina aplicada", "Hasta 30 días después y si no se aplicó otra.")
def undo(request: HttpRequest, roster_id: UUID) -> HttpResponse:
    return _decide(request, roster_id, lambda visit, found: undo_roster(visit=visit, roster=found))


def _decide(
    request: HttpRequest, roster_id: UUID, act: Callable[[Visit, RosterImport], None]
) -> HttpResponse:
    visit = enter(request)
    found = get_roster(visit=visit, public_id=roster_id)

    def decide() -> RosterOut:
        act(visit, found)
        return _show(visit, get_roster(visit=visit, public_id=roster_id))

    digest = hashlib.sha256(request.body).hexdigest()
    return answer_once(request=request, visit=visit, digest=digest, status=200, act=decide)


def _show(visit: Visit, found: RosterImport) -> RosterOut:
    is_undoable = can_be_undone(roster=found, at=visit.at)
    return show_roster(found, first_problems(found), is_undoable=is_undoable)

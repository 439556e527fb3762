"""``/requirements/``: what is asked, where people stand in it, and how many."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from lms.api.auth import Bearer, Visit
from lms.api.lists import AskedPage, ask_page, enter
from lms.api.looks import log_list
from lms.api.models import Scope
from lms.api.parameters import Day, Instant, PageQuery, refuse_together
from lms.api.problems import Problem, ProblemError
from lms.api.routes.people import PlaceQuery
from lms.api.schemas.requirements import RequirementDetailOut, RequirementPage, show_detail, show_requirement
from lms.api.schemas.training import CountList, StandingPage, show_count, show_standing
from lms.api.selectors.counts import DIMENSIONS, list_counts
from lms.api.selectors.parts import Part
from lms.api.selectors.places import institution_codes, unit_codes
from lms.api.selectors.requirements import find_requirement, find_requirement_row, list_requirements
from lms.api.selectors.standings import carried_out_until, copy_standings, count_people, list_standings
from lms.lib import clock
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.rules.timeline import Standing

router = Router(tags=["Formación"])

StandingName = StrEnum("StandingName", {standing.name: standing.name.lower() for standing in Standing})  # type: ignore[misc]
Dimension = StrEnum("Dimension", {name: name for name in DIMENSIONS})  # type: ignore[misc]


@router.get(
    "/requirements/",
    auth=Bearer(Scope.TRAINING_READ, Scope.REPORTS_READ),
    response=RequirementPage,
    url_name="api_v1_requirements",
    operation_id="list_requirements",
    summary="Exigencias de formación",
    description=(
        "Las publicadas que alcanzan a personas de estas instituciones, también las retiradas. "
        "Permiso: `training:read` o `reports:read`."
    ),
)
def requirements(request: HttpRequest, params: Query[PageQuery]) -> RequirementPage:
    visit = enter(request, params)
    page = ask_page(request=request, visit=visit, params=params)
    part = list_requirements(reach=page.reach, after=page.after, limit=page.limit)
    return RequirementPage(
        items=[show_requirement(row) for row in part.rows],
        next=page.next_of(part),
    )


@router.get(
    "/requirements/{uuid:requirement_id}/",
    auth=Bearer(Scope.TRAINING_READ, Scope.REPORTS_READ),
    response=RequirementDetailOut,
    url_name="api_v1_requirement",
    operation_id="get_requirement",
    summary="Una exigencia, con todas sus versiones",
    description="Permiso: `training:read` o `reports:read`.",
)
def requirement(request: HttpRequest, requirement_id: UUID) -> RequirementDetailOut:
    visit = enter(request)
    row = find_requirement_row(reach=visit.caller.reach, public_id=requirement_id)
    if row is None:
        raise ProblemError(Problem.NOT_FOUND)
    return show_detail(row)


class StandingQuery(PlaceQuery):
    on: Day | None = Field(
        None, description="El día; si falta, hoy. Un día futuro dice lo que pasará si nada cambia."
    )
    standing: StandingName | None = Field(None, description="Solo esta situación.")
    since: Instant | None = Field(None, description="Solo quienes pueden haber cambiado desde entonces.")


@router.get(
    "/requirements/{uuid:requirement_id}/standings/",
    auth=Bearer(Scope.TRAINING_READ),
    response=StandingPage,
    url_name="api_v1_standings",
    operation_id="list_standings",
    summary="En qué situación está cada persona",
    description=(
        "Una fila por persona a quien se exige ese día. Con `since`, solo quienes pueden estar de otra forma "
        "que entonces, también por el paso de los días, y en `gone` a quienes ya no se exige. Si al terminar "
        "tu copia no tiene `total` personas, léela completa de nuevo. Cada lectura queda anotada. "
        "Permiso: `training:read`."
    ),
)
def standings(request: HttpRequest, requirement_id: UUID, params: Query[StandingQuery]) -> StandingPage:
    visit = enter(request, params)
    is_filtered = bool(params.filters() or params.standing)
    if params.since is not None:
        refuse_together(filters=params.filters(), standing=params.standing, on=params.on)
    found = _find(visit, requirement_id)
    settled = carried_out_until(at=visit.at)
    page = ask_page(request=request, visit=visit, params=params, at=settled)
    day = params.on or clock.local_date(visit.at)
    part = _part(page, found, params, day)
    is_whole = part.last is None and not is_filtered
    log_list(visit=visit, people_count=len(part.rows))
    return StandingPage(
        on=day,
        items=[show_standing(row) for row in part.rows],
        gone=[str(one) for one in part.gone],
        as_of=page.start.as_of,
        total=count_people(requirement_id=found.pk, reach=page.reach, day=day) if is_whole else None,
        next=page.next_of(part),
    )


def _part(
    page: AskedPage, found: TrainingRequirement, params: StandingQuery, day: date
) -> Part[AssignedTraining]:
    if params.since is not None:
        return copy_standings(
            requirement_id=found.pk,
            reach=page.reach,
            day=day,
            since=params.since,
            after=page.after,
            limit=page.limit,
        )
    return list_standings(
        requirement_id=found.pk,
        reach=page.reach,
        day=day,
        filters=params.filters(),
        standing=Standing[params.standing.name] if params.standing else None,
        after=page.after,
        limit=page.limit,
    )


class CountQuery(Schema):
    by: Dimension = Field(Dimension("institution"), description="Por qué se cuenta.")
    on: Day | None = Field(None, description="El día; si falta, hoy.")


@router.get(
    "/requirements/{uuid:requirement_id}/counts/",
    auth=Bearer(Scope.REPORTS_READ),
    response=CountList,
    url_name="api_v1_counts",
    operation_id="list_counts",
    summary="Cuántas personas están en cada situación",
    description="Totales por institución, unidad, estamento o calidad, sin nombres. Permiso: `reports:read`.",
)
def counts(request: HttpRequest, requirement_id: UUID, params: Query[CountQuery]) -> CountList:
    visit = enter(request, params)
    found = _find(visit, requirement_id)
    today = clock.local_date(visit.at)
    day = params.on or today
    cells = list_counts(
        requirement_id=found.pk, reach=visit.caller.reach, by=params.by.name, day=day, today=today
    )
    places = institution_codes(ids=[cell.institution_id for cell in cells if cell.institution_id])
    units = unit_codes(ids=[cell.unit_id for cell in cells if cell.unit_id])
    return CountList(on=day, items=[show_count(cell, places=places, units=units) for cell in cells])


def _find(visit: Visit, requirement_id: UUID) -> TrainingRequirement:
    found = find_requirement(reach=visit.caller.reach, public_id=requirement_id)
    if found is None:
        raise ProblemError(Problem.NOT_FOUND)
    return found

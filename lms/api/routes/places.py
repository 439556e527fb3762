"""``/institutions/`` and the units of each."""

from django.http import HttpRequest
from ninja import Query, Router

from lms.api.auth import Bearer
from lms.api.lists import ask_page, enter
from lms.api.models import Scope
from lms.api.parameters import PageQuery
from lms.api.problems import NO_INSTITUTION, Problem, ProblemError
from lms.api.schemas.places import InstitutionPage, UnitPage, show_institution, show_unit
from lms.api.selectors.places import find_institution, list_institutions, list_units

router = Router(tags=["Lugares"])


@router.get(
    "/institutions/",
    auth=Bearer(Scope.PLACES_READ),
    response=InstitutionPage,
    url_name="api_v1_institutions",
    operation_id="list_institutions",
    summary="Instituciones",
    description="Las instituciones que alcanza la llave. Permiso: `places:read`.",
)
def institutions(request: HttpRequest, params: Query[PageQuery]) -> InstitutionPage:
    visit = enter(request, params)
    page = ask_page(request=request, visit=visit, params=params)
    part = list_institutions(reach=page.reach, after=page.after, limit=page.limit)
    return InstitutionPage(
        items=[show_institution(row) for row in part.rows],
        next=page.next_of(part),
    )


@router.get(
    "/institutions/{str:code}/units/",
    auth=Bearer(Scope.PLACES_READ),
    response=UnitPage,
    url_name="api_v1_units",
    operation_id="list_units",
    summary="Unidades de una institución",
    description="Sus unidades con la unidad de la que cuelga cada una. Permiso: `places:read`.",
)
def units(request: HttpRequest, code: str, params: Query[PageQuery]) -> UnitPage:
    visit = enter(request, params)
    institution = find_institution(reach=visit.caller.reach, code=code) if code.isprintable() else None
    if institution is None:
        raise ProblemError(Problem.NOT_FOUND, str(NO_INSTITUTION))
    page = ask_page(request=request, visit=visit, params=params)
    part = list_units(institution_id=institution.pk, after=page.after, limit=page.limit)
    return UnitPage(
        items=[show_unit(row) for row in part.rows],
        next=page.next_of(part),
    )

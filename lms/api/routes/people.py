"""``/people/`` and the record of each."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from lms.api.auth import Bearer
from lms.api.lists import AskedPage, ask_page, enter
from lms.api.looks import log_list, log_person
from lms.api.models import Scope, TraceKind
from lms.api.parameters import Instant, PageQuery, Text, refuse_together
from lms.api.problems import Problem, ProblemError
from lms.api.schemas.people import PeoplePage, PersonRecordOut, show_person, show_record
from lms.api.selectors.parts import Part, PlaceFilters
from lms.api.selectors.people import PersonRow, copy_people, find_record, list_people
from lms.api.services.traces import note_traces
from lms.lib import clock
from lms.people.models import Estamento, LegalQuality

router = Router(tags=["Personas"])


class PlaceQuery(PageQuery):
    """Filters by place and rank."""

    institution: Text = Field("", description="Código de la institución.")
    unit: Text = Field("", description="Código de la unidad, sin las que cuelgan de ella.")
    estamento: Estamento | None = Field(None, description="Estamento.")
    legal_quality: LegalQuality | None = Field(None, description="Calidad jurídica.")

    def filters(self) -> PlaceFilters:
        return PlaceFilters(self.institution, self.unit, self.estamento or "", self.legal_quality or "")


class PeopleQuery(PlaceQuery):
    search: Text = Field("", description="Palabras de nombres, apellidos o correo; todas deben estar.")
    since: Instant | None = Field(None, description="Solo quienes pueden haber cambiado desde entonces.")


@router.get(
    "/people/",
    auth=Bearer(Scope.PEOPLE_READ),
    response=PeoplePage,
    url_name="api_v1_people",
    operation_id="list_people",
    summary="Personas con destinación hoy",
    description=(
        "Una fila por persona, con su destinación de hoy. Con `since`, solo quienes pueden haber cambiado "
        "(también sus destinaciones y ausencias) y, en `gone`, quienes ya no están; una página puede venir "
        "vacía y tener `next`. Cada lectura queda anotada. Permiso: `people:read`."
    ),
)
def people(request: HttpRequest, params: Query[PeopleQuery]) -> PeoplePage:
    visit = enter(request, params)
    filters = params.filters()
    if params.since is not None:
        refuse_together(filters=filters, search=params.search)
    page = ask_page(request=request, visit=visit, params=params)
    is_filtered = bool(filters or params.search)
    part = _list(page, params, filters) if is_filtered else _copy(page, params)
    log_list(visit=visit, people_count=len(part.rows))
    return PeoplePage(
        items=[show_person(row) for row in part.rows],
        gone=[str(one) for one in part.gone],
        as_of=page.start.as_of,
        next=page.next_of(part),
    )


def _list(page: AskedPage, params: PeopleQuery, filters: PlaceFilters) -> Part[PersonRow]:
    return list_people(
        reach=page.reach,
        day=clock.local_date(page.visit.at),
        filters=filters,
        search=params.search,
        after=page.after,
        limit=page.limit,
    )


def _copy(page: AskedPage, params: PeopleQuery) -> Part[PersonRow]:
    reading = page.reading(since=params.since)
    copied = copy_people(
        reach=page.reach,
        day=clock.local_date(page.visit.at),
        reading=reading,
        after=page.after,
        limit=page.limit,
        key=settings.SECRET_KEY,
    )
    note_traces(kind=TraceKind.PEOPLE, digests=copied.to_note, reading=reading, at=page.visit.at)
    return copied.part


@router.get(
    "/people/{uuid:person_id}/",
    auth=Bearer(Scope.PEOPLE_READ),
    response=PersonRecordOut,
    url_name="api_v1_person",
    operation_id="get_person",
    summary="Una persona, con sus destinaciones y ausencias",
    description=(
        "Solo lo que está dentro del alcance de la llave. La persona ve en «Quién ha mirado tus datos» que "
        "este sistema leyó su ficha. Permiso: `people:read`."
    ),
)
def person(request: HttpRequest, person_id: UUID) -> PersonRecordOut:
    visit = enter(request)
    record = find_record(reach=visit.caller.reach, public_id=person_id)
    if record is None:
        raise ProblemError(Problem.NOT_FOUND)
    log_person(visit=visit, person_id=record.person.pk, institution_id=record.postings[0].institution_id)
    return show_record(record)

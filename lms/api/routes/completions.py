"""``/completions/``: courses completed at work."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from lms.api.auth import Bearer
from lms.api.lists import AskedPage, ask_page, enter
from lms.api.looks import log_list
from lms.api.models import Scope, TraceKind
from lms.api.parameters import Instant, PageQuery, Text, refuse_together
from lms.api.schemas.training import CompletedPage, show_completed
from lms.api.selectors.completions import CompletedRow, copy_completions, list_completions
from lms.api.selectors.parts import Part
from lms.api.services.traces import note_traces

router = Router(tags=["Formación"])


class CompletedQuery(PageQuery):
    course: Text = Field("", description="Código del curso.")
    since: Instant | None = Field(
        None, description="Solo personas cuya lista puede haber cambiado desde entonces."
    )


@router.get(
    "/completions/",
    auth=Bearer(Scope.TRAINING_READ),
    response=CompletedPage,
    url_name="api_v1_completions",
    operation_id="list_completions",
    summary="Cursos completados",
    description=(
        "Una fila por persona, con todos los cursos que empezó y completó en su trabajo, en las fechas "
        "de sus destinaciones en estas instituciones; lo que aprende por su cuenta no aparece. Con `since`, "
        "solo personas cuya lista puede haber cambiado, completa; en `gone`, las que quedaron sin ninguno. "
        "Cada lectura queda anotada. Permiso: `training:read`."
    ),
)
def completions(request: HttpRequest, params: Query[CompletedQuery]) -> CompletedPage:
    visit = enter(request, params)
    if params.since is not None:
        refuse_together(course=params.course)
    page = ask_page(request=request, visit=visit, params=params)
    part = _list(page, params.course) if params.course else _copy(page, params)
    log_list(visit=visit, people_count=len(part.rows))
    return CompletedPage(
        items=[show_completed(row) for row in part.rows],
        gone=[str(one) for one in part.gone],
        as_of=page.start.as_of,
        next=page.next_of(part),
    )


def _list(page: AskedPage, course: str) -> Part[CompletedRow]:
    return list_completions(reach=page.reach, course=course, after=page.after, limit=page.limit)


def _copy(page: AskedPage, params: CompletedQuery) -> Part[CompletedRow]:
    reading = page.reading(since=params.since)
    copied = copy_completions(
        reach=page.reach, reading=reading, after=page.after, limit=page.limit, key=settings.SECRET_KEY
    )
    note_traces(kind=TraceKind.COMPLETIONS, digests=copied.to_note, reading=reading, at=page.visit.at)
    return copied.part

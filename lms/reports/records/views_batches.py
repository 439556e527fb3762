"""HR attests many courses at once: a list, its preview, then all of it or nothing."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import Course
from lms.journeys.attest_batch import BatchHasFaultsError, BatchOutdatedError, attest_batch
from lms.lib import clock
from lms.lib.spreadsheets import csv_lines
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, Institution, Person
from lms.people.policy import Action, Grant, Viewer, institution_ids_for, require, require_any
from lms.people.selectors.looks import RecordLook
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access_to_each
from lms.progress.lists.problems import ListError
from lms.progress.models import CompletionBatch
from lms.progress.selectors.batches import find_batch, list_batches
from lms.progress.services import batches as services
from lms.reports.compliance.exports import with_byte_order_mark
from lms.reports.records import selectors_records as selectors
from lms.reports.records.forms_batches import BatchForm
from lms.reports.records.forms_papers import posted
from lms.reports.records.record_steps import hold_paper
from lms.reports.records.record_words import (
    COLUMN_HELP,
    LIST_HEADER,
    batch_notice,
    describe_fault,
    describe_list_error,
)
from lms.xapi.platform import current_platform

PAGE_SIZE = 20
ROWS_SHOWN = 100
EXAMPLE = ["12.345.678-5", "", "codigo-del-curso", "31-03-2026", "120", "90"]


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def batches(request: HttpRequest) -> HttpResponse:
    """The form, and the lists of before."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.CORRECT_RECORD)
    allowed = institution_ids_for(viewer=viewer, action=Action.CORRECT_RECORD)
    form = BatchForm(**posted(request), user_id=viewer.user_id, institutions=_institutions(allowed))
    if form.is_bound:
        paper = hold_paper(form, viewer, at)
        if form.is_valid() and paper:
            found = _read(form, viewer, at)
            if found is not None:
                return redirect("reports:batch", public_id=found.public_id)
    page = Paginator(list_batches(institution_ids=allowed), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "form": form,
        "page": page,
        "lines": [(found, batch_notice(found)) for found in page],
        "columns": COLUMN_HELP,
        "courses": selectors.list_courses(),
    }
    return render(request, "reports/batches.html", context, status=400 if form.is_bound else 200)


def _institutions(allowed: frozenset[int] | None) -> QuerySet[Institution]:
    rows = Institution.objects.order_by("name")
    return rows if allowed is None else rows.filter(pk__in=allowed)


def _read(form: BatchForm, viewer: Viewer, at: datetime) -> CompletionBatch | None:
    """The preview, or ``None`` after writing into the form why there is none."""
    data, paper = form.cleaned_data, form.paper_kept
    place = data["institution"].pk
    grant = require(viewer=viewer, action=Action.CORRECT_RECORD, institution_id=place)
    assert paper is not None
    try:
        return services.read_batch(
            file=data["file"].file,
            paper=paper,
            source=data["source"],
            author=selectors.author_of(viewer=viewer, grant=grant, institution_id=place),
            own_person_id=viewer.person_id,
            run_key=settings.RUN_KEY,
            at=at,
        )
    except ListError as error:
        form.add_error("file", describe_list_error(error))
    return None


@require_GET
@not_allowed_is_404
def template(request: HttpRequest) -> StreamingHttpResponse:
    """An empty list with its titles and one example row."""
    viewer = get_viewer(user=request.user, at=clock.now())
    require_any(viewer=viewer, action=Action.CORRECT_RECORD)
    lines = with_byte_order_mark(csv_lines(header=LIST_HEADER, rows=[EXAMPLE]))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="plantilla-cursos-acreditados.csv"'
    return response


@require_GET
@not_allowed_is_404
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A preview to decide on, or what became of it."""
    found, _viewer, _grant = _enter(request, public_id, clock.now())
    rows = services.rows_of(batch=found)[:ROWS_SHOWN]
    people = Person.objects.in_bulk([row.person_id for row in rows])
    titles = dict(Course.objects.values_list("pk", "title"))
    context = {
        "batch": found,
        "notice": batch_notice(found),
        "faults": [describe_fault(fault) for fault in services.faults_of(batch=found)],
        "rows": [(row, people[row.person_id], titles[row.course_id]) for row in rows],
        "more": found.new - len(rows) if found.is_preview else 0,
    }
    return render(request, "reports/batch.html", context)


@require_POST
@not_allowed_is_404
def apply(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Attest the whole list once; a second post shows the result of the first."""
    at = clock.now()
    found, viewer, grant = _enter(request, public_id, at)
    author = selectors.author_of(viewer=viewer, grant=grant, institution_id=found.institution_id)
    people = {row.person_id for row in services.rows_of(batch=found)}
    try:
        attest_batch(batch_id=found.pk, author=author, platform=current_platform(), at=at)
    except services.BatchDecidedError:
        return redirect("reports:batch", public_id=public_id)
    except BatchHasFaultsError:
        messages.error(request, _("La lista no se registró. Corrige las filas y cárgala de nuevo."))
    except BatchOutdatedError:
        messages.warning(
            request,
            _("Los registros cambiaron desde que cargaste la lista. No se registró nada: cárgala de nuevo."),
        )
    else:
        log_access_to_each(
            viewer=viewer,
            grant=grant,
            action=AccessLogEntry.Action.IMPORT,
            at=at,
            subject_ids=sorted(people),
            detail=str(RecordLook.COMPLETION_ATTESTED),
        )
        messages.success(request, _("La lista quedó registrada. Cada persona lo ve en su registro."))
    return redirect("reports:batch", public_id=public_id)


@require_POST
@not_allowed_is_404
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the preview up; nothing of it was written."""
    at = clock.now()
    found, _viewer, _grant = _enter(request, public_id, at)
    try:
        services.discard_batch(batch_id=found.pk, at=at)
    except services.BatchDecidedError:
        return redirect("reports:batch", public_id=public_id)
    messages.success(request, _("La lista quedó descartada. No se registró nada."))
    return redirect("reports:batches")


def _enter(request: HttpRequest, public_id: UUID, at: datetime) -> tuple[CompletionBatch, Viewer, Grant]:
    """The list and the grant for it.

    Raises:
        NotAllowedError, Http404: no such list, or not of an institution of the visitor.
    """
    viewer = get_viewer(user=request.user, at=at)
    found = find_batch(public_id=public_id)
    if found is None:
        raise Http404
    grant = require(viewer=viewer, action=Action.CORRECT_RECORD, institution_id=found.institution_id)
    return found, viewer, grant

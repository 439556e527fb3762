"""The sheet of progress: downloaded, filled in and uploaded."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.lib.small_tables import (
    LARGEST_FILE,
    XLSX_TYPE,
    TableError,
    TableProblem,
    write_csv,
    write_xlsx,
)
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, NotAllowedError, Viewer
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_plan
from lms.plan.forms_updates import SheetForm
from lms.plan.models import ActionPlan, Milestone
from lms.plan.selectors.reporting import list_saved_lines, list_sheet_milestones, may_write, present_period
from lms.plan.services import UpdateStateError, save_sheet
from lms.plan.sheets import COLUMNS, ReadLine, read_sheet, sheet_rows
from lms.plan.views.keeping import sent
from lms.plan.views.reporting import count_words
from lms.plan.words import describe_table_error


@require_GET
@not_allowed_is_404
def sheet_file(request: HttpRequest, plan_code: str, ending: str) -> HttpResponse:
    """The sheet as it is now, with what open updates say."""
    plan, _viewer, milestones = _enter(request, plan_code)
    rows = sheet_rows(milestones=milestones, lines=list_saved_lines(milestones=milestones))
    if ending == "xlsx":
        body, kind = write_xlsx(columns=COLUMNS, rows=rows, title=_("Avance")), XLSX_TYPE
    else:
        body, kind = write_csv(columns=COLUMNS, rows=rows), "text/csv; charset=utf-8"
    name = f"avance-{plan.code}-{present_period(today=clock.local_date(clock.now()))}.{ending}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=disposition)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def sheet(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Uploads the sheet into the open updates: all rows or none."""
    plan, viewer, milestones = _enter(request, plan_code)
    form = SheetForm(sent(request), request.FILES or None)
    errors: list[Any] = []
    if form.is_valid():
        lines, errors = _read(form, milestones)
        if not form.errors and not errors:
            return _save(request, plan, viewer, lines)
    context = {
        "plan": plan, "form": form, "errors": errors[:100], "error_count": len(errors), "columns": COLUMNS,
        "milestone_count": len(milestones),
    }  # fmt: skip
    return render(request, "plan/sheet.html", context, status=400 if form.is_bound else 200)


def _read(form: SheetForm, milestones: list[Milestone]) -> tuple[list[ReadLine], list[Any]]:
    """What the file says, and what is wrong in its rows; what is wrong with the file stands in the form."""
    file = form.cleaned_data["file"]
    try:
        if file.size > LARGEST_FILE:
            raise TableError(TableProblem.TOO_LARGE)
        lines, errors, _table = read_sheet(file.read(), milestones=milestones)
    except TableError as error:
        form.add_error("file", describe_table_error(error))
        return [], []
    if not lines and not errors:
        form.add_error("file", _("La planilla no dice nada nuevo: sus columnas para llenar están vacías."))
    return lines, list(errors)


def _save(request: HttpRequest, plan: ActionPlan, viewer: Viewer, lines: list[ReadLine]) -> HttpResponse:
    at = clock.now()
    by_commitment: dict[int, dict[int, Any]] = defaultdict(dict)
    evidence: dict[int, list[Any]] = defaultdict(list)
    for one in lines:
        by_commitment[one.milestone.commitment_id][one.milestone.pk] = one.line
        if one.evidence:
            evidence[one.milestone.pk].append(one.evidence)
    offices: dict[int, str] = {}
    for one in lines:
        commitment = one.milestone.commitment
        commitment.plan = plan
        if commitment.pk not in offices:
            offices[commitment.pk] = may_write(viewer=viewer, commitment=commitment)
    try:
        save_sheet(
            lines=by_commitment,
            evidence=evidence,
            period=present_period(today=clock.local_date(at)),
            offices=offices,
            written_by_id=viewer.user_id,
            at=at,
        )
    except UpdateStateError:
        words = _(
            "No se guardó nada: uno de los informes ya fue enviado y espera revisión. Recupéralo o espera."
        )
        messages.error(request, words)
        return redirect("plan:sheet", plan.code)
    words = _("La planilla quedó guardada en borrador: %(count)s. Revisa y envía cada informe.")
    messages.success(request, words % {"count": count_words(len(lines))})
    return redirect("plan:to_report")


def _enter(request: HttpRequest, plan_code: str) -> tuple[ActionPlan, Viewer, list[Milestone]]:
    """The plan, who writes, and the milestones on which they may.

    Raises:
        Http404: there is no such plan.
        NotAllowedError: they write on none.
    """
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        plan = get_plan(code=plan_code, viewer=viewer)
    except PlanNotFoundError as error:
        raise Http404 from error
    milestones = list_sheet_milestones(viewer=viewer, plan=plan)
    if not milestones:
        raise NotAllowedError(Action.REPORT_PROGRESS)
    return plan, viewer, milestones

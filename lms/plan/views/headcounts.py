"""The plan's team uploads headcounts where there is no roster: check, look, confirm."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST

from lms.lib import clock
from lms.lib.table_files import TableError
from lms.people.policy import NotAllowedError, Viewer
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import PlanNotFoundError, get_kept_plan
from lms.plan.forms_headcounts import HeadcountForm, open_rows, sign_rows
from lms.plan.models import ActionPlan
from lms.plan.rules.headcounts import FaultyRow, HeadcountFault, HeadcountRow
from lms.plan.selectors.headcounts import list_uploads
from lms.plan.services.headcounts import (
    HeadcountSource,
    MissingColumnsError,
    digest_file,
    read_headcounts,
    save_headcounts,
)
from lms.plan.words import describe_table_error

SHOWN = 100
UPLOADS_PER_PAGE = 24
COLUMN_WORDS: dict[str, str | Promise] = {
    "institution": _lazy("institución (código)"),
    "estamento": _lazy("estamento"),
    "legal_quality": _lazy("calidad jurídica"),
    "people": _lazy("personas"),
}
FAULT_WORDS: dict[HeadcountFault, str | Promise] = {
    HeadcountFault.UNREADABLE: _lazy("Hay una celda que no se puede leer. Escribe el dato de nuevo."),
    HeadcountFault.UNKNOWN_INSTITUTION: _lazy("Ninguna institución tiene ese código."),
    HeadcountFault.FOREIGN_INSTITUTION: _lazy("Esa institución no es la del plan."),
    HeadcountFault.UNKNOWN_ESTAMENTO: _lazy("No conocemos ese estamento."),
    HeadcountFault.UNKNOWN_QUALITY: _lazy("No conocemos esa calidad jurídica."),
    HeadcountFault.WRONG_NUMBER: _lazy("Las personas deben ser un número entero de 0 a 1.000.000."),
    HeadcountFault.REPEATED: _lazy("Ese grupo ya está en una fila anterior."),
    HeadcountFault.HONORARIOS: _lazy("Es de honorarios, y dijiste que la dotación no los incluye."),
}


@require_http_methods(["GET", "POST"])
def headcounts(request: HttpRequest, plan_code: str) -> HttpResponse:
    """What was uploaded, and a file to check. Nothing is written yet."""
    at = clock.now()
    plan, _viewer = _kept(request, plan_code)
    is_post = request.method == "POST"
    form = HeadcountForm(
        request.POST if is_post else None, request.FILES if is_post else None, today=clock.local_date(at)
    )
    faults: list[FaultyRow] = []
    if form.is_valid():
        rows, faults = _read(form, plan)
        if rows and not faults and not form.errors:
            return _preview(request, plan=plan, form=form, rows=rows)
    page = Paginator(list_uploads(plan=plan), UPLOADS_PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "plan": plan,
        "form": form,
        "faults": [(fault.row, FAULT_WORDS[fault.fault]) for fault in faults[:SHOWN]],
        "fault_count": len(faults),
        "page": page,
    }
    return render(request, "plan/headcounts.html", context, status=400 if form.is_bound else 200)


@require_POST
def confirm_headcounts(request: HttpRequest, plan_code: str) -> HttpResponse:
    """Writes exactly what was shown."""
    plan, viewer = _kept(request, plan_code)
    opened = open_rows(signed=request.POST.get("rows", ""), plan_id=plan.pk)
    if opened is None:
        messages.error(request, _("No se guardó nada: vuelve a subir el archivo."))
        return redirect("plan:headcounts", plan.code)
    source, rows = opened
    save_headcounts(plan_id=plan.pk, source=source, rows=rows, uploaded_by_id=viewer.user_id, at=clock.now())
    messages.success(request, _("La dotación quedó guardada. Se usa desde la próxima actualización."))
    return redirect("plan:headcounts", plan.code)


def _kept(request: HttpRequest, plan_code: str) -> tuple[ActionPlan, Viewer]:
    viewer = get_viewer(user=request.user, at=clock.now())
    try:
        return get_kept_plan(code=plan_code, viewer=viewer), viewer
    except (PlanNotFoundError, NotAllowedError):
        raise Http404 from None


def _read(form: HeadcountForm, plan: ActionPlan) -> tuple[list[HeadcountRow], list[FaultyRow]]:
    """The rows; what is wrong with the whole file is said beside it."""
    only = [plan.institution.code] if plan.institution else []
    try:
        return read_headcounts(
            file=form.cleaned_data["file"],
            includes_honorarios=form.cleaned_data["includes_honorarios"],
            only=only,
        )
    except MissingColumnsError as error:
        names = ", ".join(str(COLUMN_WORDS[name]) for name in error.missing)
        words = _("No encontramos estas columnas: %(names)s. Revisa los títulos.")
        form.add_error("file", words % {"names": names})
    except TableError as error:
        form.add_error("file", describe_table_error(error))
    return [], []


def _preview(
    request: HttpRequest, *, plan: ActionPlan, form: HeadcountForm, rows: list[HeadcountRow]
) -> HttpResponse:
    data = form.cleaned_data
    source = HeadcountSource(
        headcount_date=data["headcount_date"],
        source_text=data["source_text"],
        source_url=data["source_url"],
        includes_honorarios=data["includes_honorarios"],
        file_name=form.file_name,
        sha256=digest_file(file=data["file"]),
    )
    totals: dict[str, int] = {}
    for row in rows:
        totals[row.institution] = totals.get(row.institution, 0) + row.people
    context = {
        "plan": plan,
        "source": source,
        "totals": sorted(totals.items())[:SHOWN],
        "institution_count": len(totals),
        "row_count": len(rows),
        "people": sum(totals.values()),
        "signed": sign_rows(plan_id=plan.pk, source=source, rows=rows),
    }
    return render(request, "plan/headcounts_preview.html", context)

"""Frozen reports: one is made, read, proved, withdrawn and taken along as a file."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action
from lms.reports.compliance.standing_scope import NothingToShowError, StandingScope
from lms.reports.compliance.standing_screens import enter, log_view
from lms.reports.files import answer_with
from lms.reports.frozen.forms_frozen import FreezeForm, WithdrawForm
from lms.reports.frozen.frozen_access import enter_report, log_report
from lms.reports.frozen.frozen_words import (
    definition_words,
    figures_file,
    seal_words,
    sheet_of,
    small_group_words,
)
from lms.reports.frozen.selectors_frozen import figures_of, prove_report
from lms.reports.frozen.selectors_then_now import compare_with_today
from lms.reports.services.frozen import (
    ReportText,
    ReportWithdrawnError,
    RequirementBusyError,
    freeze_report,
    withdraw_report,
)
from lms.ui.pdf import render_sheet


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def freeze(request: HttpRequest) -> HttpResponse:
    """The form, and the report made from it. Only the whole institution is frozen."""
    try:
        scope = enter(request, Action.MANAGE_REPORTS)
    except NothingToShowError:
        raise Http404 from None
    if scope.requirement is None or scope.unit_ids is not None:
        raise Http404
    initial = {
        "title": scope.requirement.title,
        "period": date_format(scope.day, "F \\d\\e Y").capitalize(),
        "day": scope.day,
    }
    is_sent = request.method == "POST"
    form = FreezeForm(request.POST if is_sent else None, today=scope.today, initial=initial)
    if form.is_valid() and (answer := _freeze(request, form, scope)):
        return answer
    context = {"form": form, "scope": scope, "in_reports": True}
    return render(request, "reports/freeze.html", context, status=400 if form.errors else 200)


def _freeze(request: HttpRequest, form: FreezeForm, scope: StandingScope) -> HttpResponse | None:
    """The way to the new report, or ``None`` after writing into the form why there is none."""
    assert scope.requirement is not None
    day = form.cleaned_data["day"]
    words = definition_words(requirement=scope.requirement, day=day)
    try:
        report = freeze_report(
            institution=scope.institution,
            requirement=scope.requirement,
            day=day,
            text=ReportText(form.cleaned_data["title"], form.cleaned_data["period"], words),
            account=request.user,  # type: ignore[arg-type]
            key=settings.PSEUDONYM_KEY,
            today=scope.today,
            at=scope.at,
        )
    except RequirementBusyError:
        form.add_error(None, _("Se está aplicando un cambio de la exigencia. Espera a que termine."))
        return None
    log_view(scope, figures_of(report=report).total.headcount, f"congelar {report.sha256[:16]}")
    messages.success(request, _("El informe quedó congelado."))
    return redirect("reports:frozen", public_id=report.public_id)


@require_GET
@not_allowed_is_404
def frozen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The report as it was frozen, ready to be printed."""
    entry = enter_report(request, public_id)
    log_report(entry, AccessLogEntry.Action.VIEW_LIST)
    context = entry.context | {
        "figures": figures_of(report=entry.report),
        "small_words": small_group_words(),
        "seal_words": seal_words(),
    }
    return render(request, "reports/frozen.html", context)


@require_GET
@not_allowed_is_404
def check_frozen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whether the report agrees with itself; and, apart, what the records say today of that day."""
    entry = enter_report(request, public_id)
    log_report(entry, AccessLogEntry.Action.VIEW_LIST, "comprobar")
    proof = prove_report(report=entry.report)
    now = compare_with_today(report=entry.report, key=settings.PSEUDONYM_KEY) if proof.is_good else None
    context = entry.context | {"proof": proof, "now": now, "today": clock.local_date(entry.at)}
    return render(request, "reports/frozen_check.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def withdraw_frozen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a report back, with a reason; it stays readable."""
    entry = enter_report(request, public_id, Action.MANAGE_REPORTS)
    if entry.report.is_withdrawn:
        return redirect("reports:frozen", public_id=public_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_report(
                report=entry.report,
                reason=form.cleaned_data["reason"],
                account=request.user,  # type: ignore[arg-type]
                at=entry.at,
            )
        except ReportWithdrawnError:
            return redirect("reports:frozen", public_id=public_id)
        messages.success(request, _("El informe quedó retirado. Sigue a la vista, con su motivo."))
        return redirect("reports:frozen", public_id=public_id)
    status = 400 if form.errors else 200
    return render(request, "reports/frozen_withdraw.html", entry.context | {"form": form}, status=status)


@require_GET
@not_allowed_is_404
def frozen_file(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponseBase:
    """The figures as ``csv``, ``xlsx`` or ``pdf``: groups, nobody's name."""
    entry = enter_report(request, public_id)
    log_report(entry, AccessLogEntry.Action.EXPORT, kind)
    figures = figures_of(report=entry.report)
    if kind != "pdf":
        return answer_with(table=figures_file(report=entry.report, figures=figures), kind=kind)
    content = render_sheet(sheet=sheet_of(report=entry.report, figures=figures))
    response = HttpResponse(content, content_type="application/pdf")
    name = f"informe-{entry.report.institution.code}-{entry.report.day.isoformat()}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

"""One's own words: correct, add, take back, take a copy along; and telling about somebody else's."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.participation.exporting import export_own
from lms.participation.forms import ReportForm, TextForm
from lms.participation.kept_words import keeps_words, read_kept
from lms.participation.lines import contribution_lines
from lms.participation.models import Contribution
from lms.participation.rules.contributions import may_edit
from lms.participation.selectors.contributions import find_contribution, list_own
from lms.participation.services.changing import (
    TooLateToEditError,
    edit_contribution,
    withdraw_contribution,
)
from lms.participation.services.contributing import ContributionRefusedError, add_follow_up
from lms.participation.services.moderating import (
    NotReportableError,
    TooManyReportsError,
    report_contribution,
)
from lms.participation.views.reading import describe_refusal, get_public
from lms.people.selectors.viewers import get_viewer

PER_PAGE = 30


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """All that I wrote, in all plans and whatever became of it."""
    at = clock.now()
    user_id = get_viewer(user=request.user, at=at).user_id or 0
    rows = list_own(user_id=user_id).select_related("plan")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    lines = [
        contribution_lines(rows=[row], plan_code=row.plan.code, at=at, user_id=user_id)[0] for row in page
    ]
    return render(request, "participation/mine.html", {"page": page, "lines": lines})


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """All of it as a file. Three queries beside the viewer's."""
    user_id = get_viewer(user=request.user, at=clock.now()).user_id or 0
    rows = list_own(user_id=user_id).select_related("plan").prefetch_related("edits", "replies")
    response = HttpResponse(
        json.dumps(export_own(rows=rows), ensure_ascii=False, indent=2, default=str),
        content_type="application/json; charset=utf-8",
    )
    response["Content-Disposition"] = 'attachment; filename="mis-aportes.json"'
    return response


@keeps_words
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Correct the words within thirty minutes, before they are answered."""
    row, at = _own(request, public_id), clock.now()
    too_late = _("Solo se puede corregir durante 30 minutos y antes de la respuesta. Quedó como estaba.")
    allowed = may_edit(state=row.state, is_answered=row.is_answered, written_at=row.written_at, at=at)
    kept = read_kept(request)
    if not allowed and request.method == "GET":
        messages.info(request, too_late)
        if not kept:
            return redirect("participation:contribution", public_id=public_id)
    initial = {"text": row.text} | kept
    form = TextForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            edit_contribution(contribution_id=row.pk, text=form.cleaned_data["text"], at=at)
        except TooLateToEditError:
            form.add_error(None, too_late)
        except ContributionRefusedError as error:
            form.add_error(None, describe_refusal(error))
        else:
            messages.success(request, _("Guardamos tu corrección."))
            return redirect("participation:contribution", public_id=public_id)
    context = {"row": row, "form": form, "has_kept_words": bool(kept)}
    return render(request, "participation/edit.html", context, status=400 if form.is_bound else 200)


@keeps_words
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add to what was answered."""
    row = _own(request, public_id)
    if not (row.is_shown and row.is_answered):
        raise Http404
    kept = read_kept(request)
    form = TextForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        try:
            added = add_follow_up(contribution_id=row.pk, text=form.cleaned_data["text"], at=clock.now())
        except ContributionRefusedError as error:
            form.add_error(None, describe_refusal(error))
        else:
            messages.success(request, _("Agregamos tu texto."))
            return redirect("participation:contribution", public_id=added.public_id)
    context = {"row": row, "form": form, "is_follow_up": True, "has_kept_words": bool(kept)}
    return render(request, "participation/edit.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take it back; asked first."""
    row = _own(request, public_id)
    if request.method == "POST":
        withdraw_contribution(contribution_id=row.pk)
        messages.success(request, _("Retiramos tu aporte. Su texto se borró."))
        return redirect("participation:mine")
    return render(request, "participation/withdraw.html", {"row": row})


@keeps_words
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell those who moderate about somebody else's words."""
    row, place = get_public(request, public_id)
    user_id = place.viewer.user_id
    if not row.is_shown or user_id is None or row.author_id == user_id:
        raise Http404
    kept = read_kept(request)
    form = ReportForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        try:
            is_new = report_contribution(
                contribution_id=row.pk,
                user_id=user_id,
                reason=form.chosen,
                note=form.cleaned_data["note"],
                at=place.at,
            )
        except NotReportableError:
            raise Http404 from None
        except TooManyReportsError:
            form.add_error(None, _("Enviaste diez avisos en una hora. Espera un poco y envíalo de nuevo."))
        else:
            thanks = _("Gracias. El equipo del plan lo revisará.")
            messages.success(request, thanks if is_new else _("Ya habías avisado de este texto."))
            return redirect("participation:contribution", public_id=public_id)
    context = {"row": row, "form": form, "has_kept_words": bool(kept)}
    return render(request, "participation/report.html", context, status=400 if form.is_bound else 200)


def _own(request: HttpRequest, public_id: UUID) -> Contribution:
    """
    Raises:
        Http404: somebody else wrote it.
    """
    user_id = get_viewer(user=request.user, at=clock.now()).user_id
    row = find_contribution(public_id=public_id)
    if row is None or user_id is None or row.author_id != user_id:
        raise Http404
    return row

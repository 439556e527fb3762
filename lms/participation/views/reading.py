"""What everybody reads: comments, consultations, one contribution, the rules. Who is logged in may write."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.participation.access import Place, enter, get_commitment, may_answer, may_answer_contribution
from lms.participation.filters import read_number
from lms.participation.forms import WriteForm
from lms.participation.kept_words import ask_to_log_in, forget_kept, read_kept
from lms.participation.lines import contribution_lines, lines_at, reply_line
from lms.participation.models import Consultation, Contribution
from lms.participation.models.contributions import REASON_CHOICES
from lms.participation.rules.contributions import Refusal, State
from lms.participation.selectors.contributions import (
    count_by_section,
    count_hidden_by_reason,
    find_consultation,
    find_contribution,
    list_comments,
    list_consultations,
    list_contributions,
    list_replies,
    read_reported,
    read_settings,
)
from lms.participation.services.contributing import (
    Author,
    ContributionRefusedError,
    add_comment,
    add_contribution,
)
from lms.participation.words import LASTING, REFUSALS, RULES
from lms.ui.spelling import spell_date

PER_PAGE = 20
METHODS = ["GET", "HEAD", "POST"]


@login_not_required
@require_http_methods(METHODS)
def comments(request: HttpRequest, plan_code: str, number: int) -> HttpResponse:
    """What people say of a commitment; a POST adds to it."""
    place = enter(request=request, plan_code=plan_code)
    commitment = get_commitment(plan=place.plan, number=number)
    if request.method == "POST" and not place.viewer.is_authenticated:
        return ask_to_log_in(request)
    kept = read_kept(request)
    form = WriteForm(_sent(request), name=_own_name(request), kept=kept)
    if form.is_valid():

        def add(author: Author) -> Contribution:
            return add_comment(
                plan_id=place.plan.pk,
                commitment_id=commitment.pk,
                author=author,
                text=form.cleaned_data["text"],
                at=place.at,
            )

        if row := _try_to_add(request, place, form, add):
            return _lead_to(request, row)
    page = _page(request, list_comments(commitment_id=commitment.pk))
    answers = may_answer(viewer=place.viewer, plan=place.plan, commitment=commitment)
    settings = read_settings(plan=place.plan)
    context = {
        "place": place,
        "plan": place.plan,
        "commitment": commitment,
        "page": page,
        "lines": lines_at(place, page, may_answer=answers),
        "form": form,
        "closed": "" if settings.comments_open else REFUSALS[Refusal.COMMENTS_CLOSED],
        "reviews_first": settings.reviews_first,
        "has_kept_words": bool(kept),
        "rules": RULES,
    }
    return render(request, "participation/comments.html", context, status=400 if form.is_bound else 200)


@login_not_required
@require_safe
def consultations(request: HttpRequest, plan_code: str) -> HttpResponse:
    """The consultations of a plan, open ones and past ones."""
    place = enter(request=request, plan_code=plan_code)
    page = _page(request, list_consultations(plan_id=place.plan.pk))
    lines = [(row, row.is_open(place.today), row.opens_on > place.today) for row in page]
    context = {"place": place, "plan": place.plan, "page": page, "lines": lines}
    return render(request, "participation/consultations.html", context)


@login_not_required
@require_http_methods(METHODS)
def consultation(request: HttpRequest, plan_code: str, consultation_id: int) -> HttpResponse:
    """A draft in sections with what was contributed to it; a POST contributes. ``?seccion=`` picks one."""
    place = enter(request=request, plan_code=plan_code)
    found = find_consultation(plan_id=place.plan.pk, consultation_id=consultation_id)
    if found is None or not (found.is_published or place.keeps):
        raise Http404
    if request.method == "POST" and not place.viewer.is_authenticated:
        return ask_to_log_in(request)
    sections = list(found.sections.all())
    chosen = next((row for row in sections if row.order == read_number(request.GET, "seccion")), None)
    kept = read_kept(request)
    initial = {"section": str(chosen.pk)} if chosen else {}
    form = WriteForm(_sent(request), name=_own_name(request), sections=sections, kept=kept, initial=initial)
    if form.is_valid():

        def add(author: Author) -> Contribution:
            return add_contribution(
                consultation_id=found.pk,
                section_id=form.section_id,
                author=author,
                text=form.cleaned_data["text"],
                at=place.at,
            )

        if row := _try_to_add(request, place, form, add):
            return _lead_to(request, row)
    page = _page(
        request, list_contributions(consultation_id=found.pk, section_id=chosen.pk if chosen else None)
    )
    counts = count_by_section(consultation_id=found.pk)
    answers = may_answer(viewer=place.viewer, plan=place.plan, commitment=found.commitment)
    context = {
        "place": place,
        "plan": place.plan,
        "consultation": found,
        "sections": [(row, counts.get(row.pk, 0)) for row in sections],
        "whole_count": counts.get(None, 0),
        "chosen": chosen,
        "page": page,
        "lines": lines_at(place, page, may_answer=answers),
        "form": form,
        "closed": _obstacle(place, found),
        "reviews_first": read_settings(plan=place.plan).reviews_first,
        "has_kept_words": bool(kept),
        "rules": RULES,
    }
    status = 400 if form.is_bound else 200
    return render(request, "participation/consultation.html", context, status=status)


@login_not_required
@require_safe
def contribution(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One contribution with its reply, and the replies that were corrected."""
    row, place = get_public(request, public_id)
    user_id = place.viewer.user_id
    reported = read_reported(user_id=user_id, contribution_ids=[row.pk]) if user_id else frozenset()
    [line] = contribution_lines(
        rows=[row],
        plan_code=place.plan.code,
        at=place.at,
        user_id=user_id,
        may_answer=may_answer_contribution(viewer=place.viewer, row=row),
        reported=reported,
    )
    replies = list_replies(contribution_id=row.pk) if row.is_answered else []
    context = {
        "place": place,
        "plan": place.plan,
        "row": row,
        "line": line,
        "was_reported": row.pk in reported,
        "earlier": [reply_line(reply=reply, plan_code=place.plan.code) for reply in replies[1:]],
    }
    return render(request, "participation/contribution.html", context)


@login_not_required
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """What may be written, how it is moderated, and how often it had to be."""
    counts = count_hidden_by_reason()
    context = {
        "rules": RULES,
        "reasons": [(label, counts.get(value, 0)) for value, label in REASON_CHOICES],
        "hidden": sum(counts.values()),
    }
    return render(request, "participation/rules.html", context)


def get_public(request: HttpRequest, public_id: UUID) -> tuple[Contribution, Place]:
    """What has a place in public, or is the visitor's own or to be moderated by it, and where it is.

    Raises:
        Http404: it is none of these.
    """
    row = find_contribution(public_id=public_id)
    if row is None:
        raise Http404
    place = enter(request=request, plan_code=row.plan.code)
    is_own = place.viewer.user_id is not None and row.author_id == place.viewer.user_id
    if not (row.shown_at or row.state == State.HIDDEN or is_own or place.keeps):
        raise Http404
    return row, place


def _sent(request: HttpRequest) -> object:
    return request.POST if request.method == "POST" else None


def _own_name(request: HttpRequest) -> str:
    user = request.user
    return user.get_full_name() if user.is_authenticated else ""


def _page(request: HttpRequest, rows: Any) -> Page[Any]:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))


def _try_to_add(
    request: HttpRequest, place: Place, form: WriteForm, add: Callable[[Author], Contribution]
) -> Contribution | None:
    """What was written; ``None`` where something stands against it, which the form then says."""
    assert place.viewer.user_id is not None
    try:
        return add(form.author(user_id=place.viewer.user_id))
    except ContributionRefusedError as error:
        form.add_error(None, describe_refusal(error))
        return None


def describe_refusal(error: ContributionRefusedError) -> str:
    """Why it was not taken; of the same words twice, where they stand."""
    if error.refusal == Refusal.WRITTEN_BEFORE and error.twin:
        words = _("Ya escribiste lo mismo: es tu aporte número %(number)s. No hace falta repetirlo.")
        return words % {"number": error.twin.number}
    reason = str(REFUSALS[error.refusal])
    if error.refusal not in LASTING:
        return reason
    return reason + " " + _("Tu texto sigue en el formulario: cópialo si quieres guardarlo.")


def _lead_to(request: HttpRequest, row: Contribution) -> HttpResponse:
    forget_kept(request)
    if row.is_shown:
        messages.success(request, _("Publicamos tu texto. Puedes corregirlo durante 30 minutos."))
    else:
        messages.info(request, _("Recibimos tu texto. Se publicará cuando el equipo del plan lo revise."))
    return redirect("participation:contribution", public_id=row.public_id)


def _obstacle(place: Place, found: Consultation) -> str:
    if not found.is_published:
        return _("Esta consulta no está publicada: solo la ve el equipo del plan.")
    if found.opens_on > place.today:
        return _("Se podrá escribir desde el %(day)s.") % {"day": spell_date(value=found.opens_on)}
    return str(REFUSALS[Refusal.OVER]) if found.closes_on < place.today else ""

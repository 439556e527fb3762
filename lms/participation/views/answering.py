"""Official replies, by those who answer for the plan or for a commitment."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.participation.access import may_answer_contribution, office_of
from lms.participation.forms import ReplyForm
from lms.participation.kept_words import keeps_words, read_kept
from lms.participation.lines import contribution_lines, reply_line
from lms.participation.models import Contribution
from lms.participation.selectors.contributions import find_contribution, list_replies
from lms.participation.selectors.desk import list_to_answer
from lms.participation.selectors.effects import list_effects
from lms.participation.services.replying import NotAnswerableError, reply_to
from lms.people.gate import not_allowed_is_404
from lms.people.policy import Action, NotAllowedError, Viewer, has_any, reach_of
from lms.people.selectors.viewers import get_viewer
from lms.plan.access import keeps_plan, list_kept_plans

PER_PAGE = 20


@require_GET
@not_allowed_is_404
def to_answer(request: HttpRequest) -> HttpResponse:
    """What waits for an answer of the visitor, in all plans, the oldest first."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    plans = list_kept_plans(viewer=viewer)
    reach = reach_of(viewer=viewer, action=Action.REPORT_PROGRESS)
    if not (reach or has_any(viewer=viewer, action=Action.EDIT_PLAN)):
        raise NotAllowedError(Action.REPORT_PROGRESS)
    rows = list_to_answer(plan_ids=[plan.pk for plan in plans], reach=reach)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    lines = [
        contribution_lines(rows=[row], plan_code=row.plan.code, at=at, may_answer=True)[0] for row in page
    ]
    return render(request, "participation/to_answer.html", {"page": page, "lines": lines})


@keeps_words
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Decide and say why; where there is a reply already, correct it with another one."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    row = find_contribution(public_id=public_id)
    if row is None or not may_answer_contribution(viewer=viewer, row=row):
        raise Http404
    form = _form(request, viewer, row)
    if form.is_valid():
        try:
            reply_to(contribution_id=row.pk, values=form.values, replied_by_id=viewer.user_id, at=at)
        except NotAnswerableError:
            form.add_error(None, _("Mientras escribías dejó de estar publicado: ya no se puede responder."))
        else:
            messages.success(request, _("Publicamos la respuesta. Queda en el registro de respuestas."))
            return redirect("participation:contribution", public_id=public_id)
    replies = list_replies(contribution_id=row.pk)
    context = {
        "row": row,
        "plan": row.plan,
        "line": contribution_lines(rows=[row], plan_code=row.plan.code, at=at)[0],
        "replies": [reply_line(reply=reply, plan_code=row.plan.code) for reply in replies],
        "form": form,
        "has_kept_words": bool(read_kept(request)),
    }
    return render(request, "participation/answer.html", context, status=400 if form.is_bound else 200)


def _form(request: HttpRequest, viewer: Viewer, row: Contribution) -> ReplyForm:
    """Who keeps the plan writes which institution answers; others answer for their own."""
    keeps = keeps_plan(viewer=viewer, plan=row.plan)
    proposed = row.plan.institution.name if row.plan.institution else viewer.institution_name
    return ReplyForm(
        request.POST if request.method == "POST" else None,
        effects=list_effects(row=row),
        office="" if keeps else office_of(viewer=viewer, commitment=row.commitment),
        initial={"office": proposed} | read_kept(request),
    )

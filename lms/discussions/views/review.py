"""One message, one subject or one person in front of whoever moderates."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from lms.discussions.access import Desk, enter_desk
from lms.discussions.forms_desk import DecisionForm, MuteForm
from lms.discussions.lines import place_in_thread
from lms.discussions.rules.moderation import Decision, ThreadAct, possible_decisions
from lms.discussions.selectors.moderation import Case, find_case, find_member_by_id
from lms.discussions.selectors.threads import Reader, find_thread
from lms.discussions.services.moderating import (
    NotPossibleError,
    change_thread,
    decide_post,
    mute_member,
    unmute_member,
)
from lms.discussions.words import GONE_NAME, notice_of_state
from lms.lib.clock import local_date, start_of_day
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.selectors.looks import RecordLook
from lms.people.services.access_log import log_access

DECISIONS: dict[Decision, Promise] = {
    Decision.APPROVE: gettext_lazy("Aprobarlo: se ve desde ahora"),
    Decision.HIDE: gettext_lazy("Retirarlo y decir por qué"),
    Decision.DISMISS: gettext_lazy("Dejarlo y descartar los avisos"),
    Decision.RESTORE: gettext_lazy("Volver a mostrarlo"),
}
DONE: dict[ThreadAct, Promise] = {
    ThreadAct.CLOSE: gettext_lazy("El tema quedó cerrado."),
    ThreadAct.REOPEN: gettext_lazy("El tema recibe respuestas de nuevo."),
    ThreadAct.PIN: gettext_lazy("El tema quedó fijo arriba."),
    ThreadAct.UNPIN: gettext_lazy("El tema ya no está fijo."),
}

CHANGED = gettext_lazy("El mensaje cambió mientras lo leías. Revísalo de nuevo.")


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def post(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """A message with its earlier words and what was reported of it; a POST decides."""
    desk = enter_desk(request=request, course_code=course_code)
    case = find_case(discussion_id=desk.found.pk, public_id=public_id)
    if case is None:
        raise Http404
    possible = possible_decisions(state=case.post.state, is_reported=bool(case.open_reports))
    if request.method == "POST" and not possible:
        messages.error(request, _("Ya no hay nada que decidir sobre este mensaje. No cambió nada."))
        return redirect("discussions_desk:post", course_code=course_code, public_id=public_id)
    _log_look(desk, case.post.person_id)
    decisions = [(decision.value, DECISIONS[decision]) for decision in possible]
    data = request.POST.copy() if request.method == "POST" else None
    form = DecisionForm(data, decisions=decisions, seen=len(case.edits))
    if form.is_valid() and _decide(request, desk, case, form):
        return redirect("discussions_desk:queue", course_code=course_code)
    context = {
        "desk": desk,
        "case": case,
        "post": case.post,
        "name": case.member.display_name if case.member else GONE_NAME,
        "notice": notice_of_state(state=case.post.state),
        "back": place_in_thread(course_code=course_code, thread=case.post.thread, number=case.post.number),
        "form": form,
        "can_decide": bool(decisions),
    }
    return render(request, "discussions/review.html", context, status=400 if form.is_bound else 200)


@require_POST
@not_allowed_is_404
def thread(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """Close, reopen, pin or unpin a subject."""
    desk = enter_desk(request=request, course_code=course_code)
    found = find_thread(
        discussion_id=desk.found.pk, public_id=public_id, reader=Reader(None, None, is_moderator=True)
    )
    if found is None:
        raise Http404
    wanted = request.POST.get("accion", "")
    if wanted in set(ThreadAct):
        act = ThreadAct(wanted)
        change_thread(thread_id=found.pk, act=act, moderator=desk.moderator, at=desk.at)
        messages.success(request, str(DONE[act]))
    else:
        messages.error(request, _("No entendimos qué hacer con el tema. No cambió nada."))
    return redirect("discussions:thread", course_code=course_code, public_id=public_id)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def member(request: HttpRequest, course_code: str, public_id: UUID) -> HttpResponse:
    """Keep a person from writing in this course until a day, or let it write again."""
    desk = enter_desk(request=request, course_code=course_code)
    found = find_member_by_id(discussion_id=desk.found.pk, public_id=public_id)
    if found is None:
        raise Http404
    _log_look(desk, found.person_id)
    if "permitir" in request.POST:
        unmute_member(member_id=found.pk, moderator=desk.moderator, at=desk.at)
        messages.success(request, _("%(name)s puede escribir de nuevo.") % {"name": found.display_name})
        return redirect("discussions_desk:settings", course_code=course_code)
    form = MuteForm(request.POST if request.method == "POST" else None, today=local_date(desk.at))
    if form.is_valid():
        mute_member(
            member_id=found.pk,
            until=start_of_day(form.cleaned_data["until"] + timedelta(days=1)) - timedelta(seconds=1),
            reason=form.cleaned_data["reason"],
            moderator=desk.moderator,
            at=desk.at,
        )
        messages.success(request, _("%(name)s podrá leer, pero no escribir.") % {"name": found.display_name})
        return redirect("discussions_desk:settings", course_code=course_code)
    context = {"desk": desk, "member": found, "is_muted": found.is_muted_at(desk.at), "form": form}
    return render(request, "discussions/member.html", context, status=400 if form.is_bound else 200)


def _log_look(desk: Desk, person_id: int) -> None:
    """Whose words are reviewed can read that they were; readers of a conversation leave no trace."""
    if person_id != desk.viewer.person_id:
        log_access(
            viewer=desk.viewer,
            grant=desk.grant,
            action=AccessLogEntry.Action.VIEW_PERSON,
            at=desk.at,
            institution_id=desk.grant.institution_id,
            people_count=1,
            subject_id=person_id,
            detail=RecordLook.TALK_REVIEWED,
        )


def _decide(request: HttpRequest, desk: Desk, case: Case, form: DecisionForm) -> bool:
    """True when done; else what is wrong stands in the form."""
    try:
        decide_post(
            post_id=case.post.pk,
            decision=Decision(form.cleaned_data["decision"]),
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            moderator=desk.moderator,
            at=desk.at,
        )
    except NotPossibleError:
        form.data["seen"] = str(len(case.edits))  # type: ignore[index]  # of the words that are shown now
        form.add_error(None, CHANGED)
        return False
    messages.success(request, _("Listo. Tu decisión quedó anotada."))
    return True

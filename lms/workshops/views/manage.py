"""Who leads workshops plans, changes and cancels them."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from courses.selectors import list_courses_with_release
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import User
from lms.people.policy import Action, Viewer, require_any
from lms.people.selectors.viewers import get_viewer
from lms.workshops.access import enter, manages_all
from lms.workshops.forms import CancelForm, SessionForm
from lms.workshops.models import WorkshopSession
from lms.workshops.selectors import list_managed, list_trainers, to_rows
from lms.workshops.services import sessions as services
from lms.workshops.words import notice_of

SESSIONS_PER_PAGE = 20


@require_GET
@not_allowed_is_404
def sessions(request: HttpRequest) -> HttpResponse:
    """The sessions that the visitor leads; all of them for the administration."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.AUTHOR_COURSES)
    sees_all = manages_all(viewer=viewer)
    found = list_managed(trainer_id=None if sees_all else viewer.user_id)
    page = Paginator(found, SESSIONS_PER_PAGE).get_page(request.GET.get("pagina"))
    rows = to_rows(sessions=list(page))
    lines = [(row, notice_of(row=row, at=at)) for row in rows]
    return render(request, "workshops/manage.html", {"lines": lines, "page": page, "sees_all": sees_all})


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """Plan a session."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.AUTHOR_COURSES)
    form = _form(request, viewer, at)
    if request.method == "POST" and form.is_valid():
        try:
            session = services.create_session(draft=form.draft(trainer=_account(request)), at=at)
        except services.SessionProblemsError as error:
            form.add_problems(problems=error.problems, registered=error.registered)
        else:
            messages.success(request, _("El taller quedó guardado."))
            return redirect("workshops:detail", public_id=session.public_id)
    return _show_form(request, form, None)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Change a session."""
    desk = enter(request=request, public_id=public_id)
    if desk.session.is_cancelled:
        messages.warning(request, _("Este taller se suspendió: ya no se modifica."))
        return redirect("workshops:detail", public_id=public_id)
    form = _form(request, desk.viewer, desk.at, desk.session)
    if request.method == "POST" and form.is_valid():
        try:
            draft = form.draft(trainer=desk.session.trainer)
            services.edit_session(session_id=desk.session.pk, draft=draft, at=desk.at)
        except services.SessionProblemsError as error:
            form.add_problems(problems=error.problems, registered=error.registered)
        except services.SessionCancelledError:
            return redirect("workshops:detail", public_id=public_id)
        else:
            messages.success(request, _("Los cambios quedaron guardados."))
            return redirect("workshops:detail", public_id=public_id)
    return _show_form(request, form, desk.session)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def cancel(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Call a session off, with its reason."""
    desk = enter(request=request, public_id=public_id)
    if desk.session.is_cancelled:
        return redirect("workshops:detail", public_id=public_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_session(
                session_id=desk.session.pk, reason=form.cleaned_data["reason"], at=desk.at
            )
        except services.AttendanceTakenError:
            messages.error(
                request, _("Hay asistencia marcada: el taller se realizó y no se puede suspender.")
            )
        else:
            messages.success(request, _("El taller quedó suspendido."))
        return redirect("workshops:detail", public_id=public_id)
    return render(
        request,
        "workshops/cancel.html",
        {"form": form, "session": desk.session, "people": desk.row.registered + desk.row.waiting},
        status=400 if form.is_bound else 200,
    )


def _account(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _form(
    request: HttpRequest, viewer: Viewer, at: datetime, session: WorkshopSession | None = None
) -> SessionForm:
    trainers = None
    if manages_all(viewer=viewer):
        trainers = list_trainers(at=at, also=[viewer.user_id, session.trainer_id if session else None])
    return SessionForm(
        request.POST if request.method == "POST" else None,
        courses=list_courses_with_release(),
        trainers=trainers,
        session=session,
    )


def _show_form(request: HttpRequest, form: SessionForm, session: WorkshopSession | None) -> HttpResponse:
    context = {"form": form, "session": session}
    return render(request, "workshops/session_form.html", context, status=400 if form.is_bound else 200)

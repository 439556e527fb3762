"""Administrators give and end roles."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import Role, RoleAssignment
from lms.people.policy import Action, Viewer, require
from lms.people.selectors.roles import find_role, list_roles
from lms.people.selectors.viewers import get_viewer
from lms.people.services.roles import (
    EVERYWHERE_ROLES,
    OwnAdministrationError,
    RoleEndError,
    RoleHeldError,
    RolePlaceError,
    UnknownAccountError,
    UnusableAccountError,
    give_role,
    take_role,
)
from lms.reports.roles.forms_roles import RoleForm

ROLES_PER_PAGE = 50


@dataclass(frozen=True)
class RoleLine:
    """A role in the list. ``last_day`` is the last calendar date on which it holds."""

    assignment: RoleAssignment
    since: date
    last_day: date | None


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def roles(request: HttpRequest) -> HttpResponse:
    """Roles in force, and the form to give one."""
    at = clock.now()
    _enter(request, at)
    is_sent = request.method == "POST"
    form = RoleForm(request.POST if is_sent else None, today=clock.local_date(at))
    if is_sent and form.is_valid() and _give(request, form, at):
        return redirect("reports:roles")
    search = request.GET.get("q", "").replace("\x00", "").strip()[:80]
    paginator = Paginator(list_roles(at=at, search=search), ROLES_PER_PAGE)
    page = paginator.get_page(request.GET.get("pagina"))
    return render(
        request,
        "reports/roles.html",
        {"form": form, "page": page, "lines": [_line(row) for row in page], "search": search},
        status=400 if is_sent else 200,
    )


def _give(request: HttpRequest, form: RoleForm, at: datetime) -> bool:
    """Gives the role; False after writing into the form why it cannot be."""
    data = form.cleaned_data
    try:
        assignment, is_new = give_role(
            email=data["email"], role=data["role"], place=form.place, at=at, until=form.until
        )
    except UnknownAccountError:
        form.add_error("email", _("No hay ninguna cuenta con ese correo. La persona debe crearla primero."))
    except UnusableAccountError:
        form.add_error("email", _("Esa cuenta está cerrada o todavía no confirma su correo."))
    except RolePlaceError:
        form.add_error("institution", _place_problem(data["role"]))
    except RoleEndError:
        form.add_error("last_day", _("Esa fecha ya pasó. Elige hoy o un día que venga."))
    except RoleHeldError:
        form.add_error(
            "role",
            _("Esa cuenta ya tiene el rol, con otro término. Termínalo antes de darlo con otra fecha."),
        )
    else:
        words = {"role": assignment.get_role_display(), "email": assignment.user.email}
        if is_new:
            text = _("%(email)s tiene ahora el rol %(role)s. Al entrar se le pedirá un segundo factor.")
            messages.success(request, text % words)
        else:
            messages.info(request, _("%(email)s ya tenía el rol %(role)s. No cambió nada.") % words)
        return True
    return False


def _place_problem(role: str) -> str:
    if role == Role.TEAM_LEAD:
        return _("Una jefatura es de una unidad. Escribe la institución y la unidad.")
    if role in EVERYWHERE_ROLES:
        return _("Este rol vale en toda la plataforma. Deja la institución en blanco.")
    return _("Este rol pertenece a una institución. Escribe cuál.")


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Asks once, then ends the role; a second post changes nothing."""
    at = clock.now()
    viewer = _enter(request, at)
    assignment = find_role(assignment_id=assignment_id)
    if assignment is None or viewer.user_id is None:
        raise Http404
    if request.method != "POST":
        return render(request, "reports/roles_end.html", {"line": _line(assignment)})
    words = {"role": assignment.get_role_display(), "email": assignment.user.email}
    try:
        is_ended = take_role(assignment_id=assignment_id, actor_id=viewer.user_id, at=at)
    except OwnAdministrationError:
        messages.error(
            request,
            _("No puedes terminar tu último rol de administración. Pídelo a otra persona que administre."),
        )
        return redirect("reports:roles")
    if is_ended:
        messages.success(request, _("%(email)s ya no tiene el rol %(role)s.") % words)
    else:
        messages.info(request, _("Ese rol ya había terminado. No cambió nada."))
    return redirect("reports:roles")


def _enter(request: HttpRequest, at: datetime) -> Viewer:
    """The viewer, who administers the whole platform.

    Raises:
        NotAllowedError: it does not.
    """
    viewer = get_viewer(user=request.user, at=at)
    require(viewer=viewer, action=Action.OPERATE_PLATFORM)
    return viewer


def _line(assignment: RoleAssignment) -> RoleLine:
    until = assignment.valid_until
    return RoleLine(
        assignment=assignment,
        since=clock.local_date(assignment.valid_from),
        last_day=clock.local_date(until - timedelta(microseconds=1)) if until else None,
    )

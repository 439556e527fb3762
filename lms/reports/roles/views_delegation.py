"""Whoever holds a role lends it while away, and takes it back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import Role, RoleAssignment
from lms.people.policy import Viewer
from lms.people.selectors.roles import list_lent_roles, list_own_roles
from lms.people.selectors.viewers import get_viewer
from lms.people.services.delegations import (
    DelegationEndError,
    DelegationError,
    NotOwnRoleError,
    OwnAccountError,
    delegate_role,
    end_delegation,
)
from lms.people.services.roles import RoleHeldError, UnknownAccountError, UnusableAccountError
from lms.progress.rules.dates import end_of_day
from lms.reports.roles.forms_roles import DelegationForm


@dataclass(frozen=True)
class LentLine:
    """A role lent, and the last calendar date on which it holds."""

    assignment: RoleAssignment
    last_day: date | None


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def delegation(request: HttpRequest) -> HttpResponse:
    """Own roles, those lent, and the form to lend one."""
    at = clock.now()
    viewer = _enter(request, at)
    own = list_own_roles(user_id=viewer.user_id or 0, at=at)
    lendable = [one for one in own if not one.delegated_from_id and one.role != Role.ADMINISTRATOR]
    is_sent = request.method == "POST"
    form = DelegationForm(
        request.POST if is_sent else None, roles=[(str(one.pk), describe(one)) for one in lendable]
    )
    if is_sent and form.is_valid() and _lend(request, form, viewer, at):
        return redirect("reports:delegation")
    lent = list_lent_roles(user_id=viewer.user_id or 0, at=at)
    context = {
        "form": form if lendable else None,
        "own": [(one, describe(one)) for one in own],
        "lent": [LentLine(one, _last_day(one)) for one in lent],
    }
    return render(request, "reports/delegation.html", context, status=400 if is_sent else 200)


@require_POST
@not_allowed_is_404
def end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Take a lent role back; a second post changes nothing."""
    at = clock.now()
    viewer = _enter(request, at)
    try:
        end_delegation(assignment_id=assignment_id, lender_id=viewer.user_id or 0, at=at)
    except NotOwnRoleError:
        raise Http404 from None
    messages.success(request, _("La delegación terminó."))
    return redirect("reports:delegation")


def _enter(request: HttpRequest, at: datetime) -> Viewer:
    """The viewer, who holds a role.

    Raises:
        Http404: none.
    """
    viewer = get_viewer(user=request.user, at=at)
    if not viewer.is_staff:
        raise Http404
    return viewer


def _lend(request: HttpRequest, form: DelegationForm, viewer: Viewer, at: datetime) -> bool:
    """Lends the role; False after writing into the form why it cannot be."""
    data = form.cleaned_data
    try:
        lent = delegate_role(
            assignment_id=int(data["role"]),
            lender_id=viewer.user_id or 0,
            email=data["email"],
            until=end_of_day(day=data["last_day"], zone=clock.CHILE),
            at=at,
        )
    except UnknownAccountError:
        form.add_error("email", _("No hay ninguna cuenta con ese correo. La persona debe crearla primero."))
    except UnusableAccountError:
        form.add_error("email", _("Esa cuenta está cerrada o todavía no confirma su correo."))
    except OwnAccountError:
        form.add_error("email", _("Es tu propia cuenta. Escribe el correo de quien te reemplaza."))
    except RoleHeldError:
        form.add_error("email", _("Esa cuenta ya tiene ese rol ahí."))
    except DelegationEndError:
        form.add_error(
            "last_day", _("Elige un día desde hoy, dentro de un año y antes de que termine tu rol.")
        )
    except DelegationError:
        form.add_error("role", _("Ese rol no se puede delegar."))
    else:
        messages.success(
            request,
            _("%(email)s tiene tu rol hasta el día que elegiste. Al entrar se le pedirá un segundo factor.")
            % {"email": lent.user.email},
        )
        return True
    return False


def describe(assignment: RoleAssignment) -> str:
    """``"Gestión de Personas, Servicio de Caminos"``: a role and where it holds."""
    place = assignment.unit or assignment.institution
    return f"{assignment.get_role_display()}, {place.name if place else _('toda la plataforma')}"


def _last_day(assignment: RoleAssignment) -> date | None:
    until = assignment.valid_until
    return clock.local_date(until - timedelta(microseconds=1)) if until else None

"""Who teaches a course. Members add others, and leave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.people.gate import not_allowed_is_404
from lms.people.selectors.course_teams import list_team
from lms.people.services.course_teams import LastMemberError, NotAnAuthorError
from lms.people.services.roles import UnknownAccountError, UnusableAccountError
from lms.teaching.access import Desk, enter_course
from lms.teaching.forms import TeamForm
from lms.teaching.services import add_member, remove_member


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def team(request: HttpRequest, course_code: str) -> HttpResponse:
    """The team, and the form to add somebody."""
    desk = enter_course(request=request, course_code=course_code)
    is_sent = request.method == "POST"
    form = TeamForm(request.POST if is_sent else None)
    if is_sent and form.is_valid() and _add(request, desk, form):
        return redirect("teaching:team", course_code=course_code)
    context = {"desk": desk, "form": form, "members": list_team(course_code=course_code, at=desk.at)}
    return render(request, "teaching/team.html", context, status=400 if is_sent else 200)


@require_POST
@not_allowed_is_404
def leave(request: HttpRequest, course_code: str, member_id: int) -> HttpResponse:
    """Somebody leaves the team; a second post changes nothing."""
    desk = enter_course(request=request, course_code=course_code)
    try:
        gone = remove_member(page=desk.page, member_id=member_id, at=desk.at)
    except LastMemberError:
        messages.error(request, _("Un curso no queda sin equipo. Agrega primero a otra persona."))
        return redirect("teaching:team", course_code=course_code)
    if gone is not None:
        messages.success(request, _("%(name)s ya no es del equipo.") % {"name": gone.get_full_name()})
        if gone.pk == desk.viewer.user_id:
            return redirect("teaching:courses")
    return redirect("teaching:team", course_code=course_code)


def _add(request: HttpRequest, desk: Desk, form: TeamForm) -> bool:
    """Adds the account; False after writing into the form why it cannot be."""
    try:
        member, is_new = add_member(page=desk.page, email=form.cleaned_data["email"], at=desk.at)
    except UnknownAccountError:
        form.add_error("email", _("No hay ninguna cuenta con ese correo. La persona debe crearla primero."))
    except UnusableAccountError:
        form.add_error("email", _("Esa cuenta está cerrada o todavía no confirma su correo."))
    except NotAnAuthorError:
        form.add_error(
            "email", _("Esa cuenta no tiene el rol de docencia. Lo da quien administra la plataforma.")
        )
    else:
        words = {"name": member.user.get_full_name() or member.user.email}
        text = _("%(name)s es ahora del equipo.") if is_new else _("%(name)s ya era del equipo.")
        messages.success(request, text % words)
        return True
    return False

"""The attendance sheet: on the screen, and on paper to be signed. Every look is logged."""

from collections import Counter
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, reach_of
from lms.people.selectors.finding import read_search
from lms.people.services.access_log import log_access, log_access_to_each
from lms.workshops.access import Desk, enter
from lms.workshops.finding import Found, find_attendee, find_attendees
from lms.workshops.forms import SheetForm
from lms.workshops.rules import MARKING_OPENS_BEFORE, Mark, may_mark
from lms.workshops.selectors import SheetLine, list_sheet
from lms.workshops.services.registrations import SignUpClosedError, put_on_sheet
from lms.workshops.services.sheets import MarkingClosedError, ReasonMissingError, save_sheet
from lms.xapi.platform import current_platform


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def sheet(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who is expected and who came; one save for all."""
    desk = enter(request=request, public_id=public_id)
    lines = list_sheet(session_id=desk.session.pk)
    is_sent = request.method == "POST"
    form = SheetForm(request.POST if is_sent else None, lines=lines)
    if is_sent and form.is_valid() and _save(request, desk, form):
        return redirect("workshops:sheet", public_id=public_id)
    _log(desk, lines, "asistencia")
    search = read_search(request.GET.get("q", ""))
    counts = Counter(line.mark for line in lines)
    marked = (counts[Mark.PRESENT], counts[Mark.ABSENT], counts[Mark.NONE])
    return render(
        request,
        "workshops/attendance.html",
        {
            "session": desk.session,
            "form": form,
            "lines": lines,
            "present": marked[0],
            "absent": marked[1],
            "unmarked": marked[2],
            "parts": list(zip(("c-val", "c-late", "c-track"), marked, strict=True)),
            "may_mark": may_mark(session=desk.session.facts, at=desk.at),
            "opens_at": desk.session.starts_at - MARKING_OPENS_BEFORE,
            "search": search,
            "found": _find(desk, search) if search else [],
        },
        status=400 if is_sent else 200,
    )


@require_POST
@not_allowed_is_404
def add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put somebody on the sheet who has no account, or came without signing up."""
    desk = enter(request=request, public_id=public_id)
    try:
        person = find_attendee(public_id=UUID(request.POST.get("persona", "")))
    except ValueError:
        person = None
    if person is None:
        raise Http404
    try:
        _registration, is_new = put_on_sheet(session_id=desk.session.pk, person=person, at=desk.at)
    except SignUpClosedError:
        messages.error(request, _("A este taller ya no se puede agregar a nadie."))
    else:
        words = {"name": person.full_name}
        text = _("%(name)s está en la lista.") if is_new else _("%(name)s ya estaba en la lista.")
        messages.success(request, text % words)
    return redirect("workshops:sheet", public_id=public_id)


def _find(desk: Desk, text: str) -> list[Found]:
    """Who may be meant; each of them can read that somebody looked."""
    found = find_attendees(
        session_id=desk.session.pk,
        text=text,
        reach=reach_of(viewer=desk.viewer, action=Action.AUTHOR_COURSES),
        run_key=settings.RUN_KEY,
        at=desk.at,
    )
    log_access_to_each(
        viewer=desk.viewer,
        grant=desk.grant,
        action=AccessLogEntry.Action.VIEW_LIST,
        at=desk.at,
        subject_ids=[one.person.pk for one in found],
        detail=f"taller {desk.session.public_id}: búsqueda",
    )
    return found


def _save(request: HttpRequest, desk: Desk, form: SheetForm) -> bool:
    """True when saved; else what is wrong stands in the form."""
    try:
        change = save_sheet(
            session_id=desk.session.pk,
            marks=form.marks,
            reason=form.chosen_reason,
            marked_by_id=desk.viewer.user_id,
            platform=current_platform(),
            at=desk.at,
        )
    except MarkingClosedError:
        form.add_error(None, _("La asistencia de este taller no se puede marcar."))
        return False
    except ReasonMissingError as error:
        text = _("Elige por qué corriges la asistencia de: %(names)s.") % {"names": "; ".join(error.names)}
        form.add_error("reason" if "reason" in form.fields else None, text)
        return False
    if change.is_nothing:
        messages.info(request, _("No había nada que cambiar."))
    else:
        count = len(change.attended | change.absent)
        saved = ngettext(
            "Asistencia guardada: %(count)s cambio.", "Asistencia guardada: %(count)s cambios.", count
        )
        messages.success(request, saved % {"count": count})
    return True


@require_GET
@not_allowed_is_404
def signatures(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list to be printed and signed."""
    desk = enter(request=request, public_id=public_id)
    lines = list_sheet(session_id=desk.session.pk)
    _log(desk, lines, "lista de firmas")
    return render(
        request, "workshops/signatures.html", {"session": desk.session, "lines": lines, "extra": range(5)}
    )


def _log(desk: Desk, lines: list[SheetLine], what: str) -> None:
    """People of several institutions stand on one sheet: the entry names the workshop instead."""
    log_access(
        viewer=desk.viewer,
        grant=desk.grant,
        action=AccessLogEntry.Action.VIEW_LIST,
        at=desk.at,
        institution_id=None,
        people_count=len(lines),
        detail=f"taller {desk.session.public_id}: {what}",
    )

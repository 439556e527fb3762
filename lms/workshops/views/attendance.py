"""The attendance sheet: on the screen, and on paper to be signed. Every look is logged."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry
from lms.people.services.access_log import log_access
from lms.workshops.access import Desk, enter
from lms.workshops.forms import SheetForm
from lms.workshops.rules import MARKING_OPENS_BEFORE, Mark, may_mark
from lms.workshops.selectors import SheetLine, list_sheet
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
        },
        status=400 if is_sent else 200,
    )


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

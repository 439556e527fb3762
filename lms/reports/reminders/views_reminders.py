"""HR, or who leads a unit, reminds the people selected: first a look at whom it reaches, then it is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.lib import clock
from lms.notices.mail_settings import read_mail_settings
from lms.notices.rules.notes import LONGEST, NoteProblem
from lms.notices.selectors.recipients import find_recipients
from lms.notices.services.reminders import NoteError, send_reminder
from lms.people.gate import not_allowed_is_404
from lms.people.keys import secret_keys
from lms.people.models import User
from lms.people.policy import Action, Viewer, reach_of, require_any
from lms.people.selectors.reach import within
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.models.assigned import AssignedTrainingQuerySet
from lms.progress.selectors.requirements import find_requirement
from lms.reports.compliance.selectors_standing import people_rows
from lms.reports.compliance.standing_scope import NothingToShowError, enter_scope

MOST_SELECTED = 500
MOST_FILTERED = 5000
FILTER_WORDS = ("institucion", "unidad", "estamento", "calidad", "estado", "q")


@dataclass(frozen=True)
class Selection:
    """Whom the visitor chose, in what; ``fields`` is the same again for the form that confirms."""

    viewer: Viewer
    requirement: TrainingRequirement
    rows: AssignedTrainingQuerySet
    fields: list[tuple[str, str]]
    back: str
    at: datetime


@require_POST
@not_allowed_is_404
def remind(request: HttpRequest) -> HttpResponse:
    """Shows whom a reminder would reach; with ``confirmar`` it is sent."""
    selection = _select(request)
    if not selection.fields:
        messages.warning(request, _("Selecciona al menos una persona."))
        return redirect(selection.back)
    recipients = find_recipients(
        rows=selection.rows, requirement=selection.requirement, keys=secret_keys(), at=selection.at
    )
    note, problem = request.POST.get("mensaje", ""), ""
    if "confirmar" in request.POST and recipients.person_ids:
        try:
            count = _send(request, selection, recipients.person_ids, note)
        except NoteError as error:
            problem = _say_problem(error.problem)
        else:
            _tell(request, count)
            return redirect(selection.back)
    context = {
        "selection": selection,
        "recipients": recipients,
        "note": note[: 2 * LONGEST],
        "problem": problem,
        "longest": LONGEST,
    }
    return render(request, "reports/notices_send.html", context, status=400 if problem else 200)


def _send(request: HttpRequest, selection: Selection, person_ids: list[int], note: str) -> int:
    sender = request.user
    return send_reminder(
        requirement=selection.requirement,
        person_ids=person_ids,
        text=note,
        sender=sender if isinstance(sender, User) else None,
        site_url=settings.SITE_URL,
        calendar=read_mail_settings().calendar,
        at=selection.at,
    )


def _tell(request: HttpRequest, count: int) -> None:
    text = ngettext(
        "El recordatorio saldrá para %(count)s persona, en horario de trabajo.",
        "El recordatorio saldrá para %(count)s personas, en horario de trabajo.",
        count,
    )
    messages.success(request, text % {"count": count})


def _say_problem(problem: NoteProblem) -> str:
    if problem == NoteProblem.TOO_LONG:
        return _("El mensaje es muy largo. Usa hasta %(most)s caracteres.") % {"most": LONGEST}
    return _("El mensaje lleva a otro sitio. Solo se aceptan enlaces a esta plataforma.")


def _select(request: HttpRequest) -> Selection:
    """The people named, or those of the list's present filter (``todas``), within what the visitor may.

    Raises:
        NotAllowedError: the visitor may remind nobody.
        Http404: an unknown requirement, or none of whose people is within the reach.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.REMIND_PEOPLE)
    requirement = _find(request.POST.get("exigencia", ""))
    back = _back(request)
    if "todas" in request.POST:
        rows = _filtered(viewer, request.POST, at)
        fields = [(name, request.POST[name]) for name in FILTER_WORDS if request.POST.get(name)]
        return Selection(viewer, requirement, rows, [*fields, ("todas", "si")], back, at)
    reach = reach_of(viewer=viewer, action=Action.REMIND_PEOPLE)
    within_reach = AssignedTraining.objects.on(clock.local_date(at)).filter(
        within(reach), requirement=requirement
    )
    if not within_reach.exists():
        raise Http404
    public_ids = _read_ids(request.POST.getlist("persona"))
    rows = within_reach.filter(person__public_id__in=public_ids)
    return Selection(viewer, requirement, rows, [("persona", str(one)) for one in public_ids], back, at)


def _filtered(viewer: Viewer, data: Mapping[str, str], at: datetime) -> AssignedTrainingQuerySet:
    """The first people of the list that the filter shows, as of today."""
    asked = QueryDict(mutable=True)
    asked.update({name: data[name] for name in (*FILTER_WORDS, "exigencia") if data.get(name)})
    try:
        scope = enter_scope(viewer=viewer, action=Action.REMIND_PEOPLE, data=asked, at=at)
    except NothingToShowError:
        raise Http404 from None
    return people_rows(scope=scope)[:MOST_FILTERED]


def _find(text: str) -> TrainingRequirement:
    try:
        requirement = find_requirement(public_id=UUID(text))
    except ValueError:
        requirement = None
    if requirement is None:
        raise Http404
    return requirement


def _back(request: HttpRequest) -> str:
    """Where the visitor came from, if that is here."""
    back = request.POST.get("volver", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if back and is_ours else reverse("reports:notices")


def _read_ids(texts: list[str]) -> list[UUID]:
    """Public ids among the texts, the first ones; what is none is left out."""
    found = []
    for text in texts[:MOST_SELECTED]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found

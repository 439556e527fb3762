"""The calendar of workshops, one workshop, signing up and leaving."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lms.lib import clock
from lms.people.gate import get_person
from lms.people.policy import Viewer
from lms.people.selectors.viewers import find_posting, get_viewer
from lms.progress.models import LearningContext
from lms.ui.components import Choice, Notice
from lms.workshops.access import may_manage
from lms.workshops.ics import CalendarEvent, build_calendar
from lms.workshops.models import Modality, WorkshopSession
from lms.workshops.rules import refuse_sign_up
from lms.workshops.selectors import (
    SessionRow,
    Standing,
    find_session,
    get_standing,
    list_past,
    list_upcoming,
    to_rows,
)
from lms.workshops.services.registrations import NoPostingError, SignUpClosedError, leave, sign_up
from lms.workshops.words import REFUSALS, notice_of, notice_of_standing

SESSIONS_PER_PAGE = 20


@dataclass(frozen=True)
class CalendarLine:
    row: SessionRow
    notice: Notice


@dataclass(frozen=True)
class Visit:
    """A visitor in front of a session."""

    viewer: Viewer
    row: SessionRow
    standing: Standing
    is_manager: bool
    at: datetime

    @property
    def session(self) -> WorkshopSession:
        return self.row.session

    @property
    def sees_join_url(self) -> bool:
        """The way in is for those who have a seat, and for who leads."""
        return (self.standing.has_seat or self.is_manager) and not self.session.is_cancelled


def _visit(request: HttpRequest, public_id: UUID) -> Visit:
    """
    Raises:
        Http404: no such session, or one that is not published and not the visitor's to manage.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    row = find_session(public_id=public_id)
    if row is None:
        raise Http404
    is_manager = may_manage(viewer=viewer, session=row.session)
    if not row.session.is_published and not is_manager:
        raise Http404
    return Visit(viewer, row, get_standing(session=row.session, person_id=viewer.person_id), is_manager, at)


@login_not_required
@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """What is coming, and what was, by modality."""
    at = clock.now()
    modality = request.GET.get("modalidad", "")
    page = Paginator(list_upcoming(at=at, modality=modality), SESSIONS_PER_PAGE).get_page(
        request.GET.get("pagina")
    )
    lines = [CalendarLine(row, notice_of(row=row, at=at)) for row in to_rows(sessions=list(page))]
    choices = [("", _("Todas")), *Modality.choices]
    return render(
        request,
        "workshops/calendar.html",
        {
            "lines": lines,
            "page": page,
            "past": list_past(at=at, modality=modality),
            "modalities": [Choice(value, str(text), value == modality) for value, text in choices],
            "is_filtered": modality in Modality.values,
        },
    )


@login_not_required
@require_GET
def detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One workshop, its seats, and what the visitor can do."""
    visit = _visit(request, public_id)
    refusal = refuse_sign_up(session=visit.session.facts, at=visit.at)
    return render(
        request,
        "workshops/detail.html",
        {
            "visit": visit,
            "session": visit.session,
            "notice": notice_of(row=visit.row, at=visit.at),
            "standing_notice": notice_of_standing(standing=visit.standing, at=visit.at),
            "refusal": REFUSALS[refusal] if refusal else "",
            "contexts": LearningContext.choices if visit.viewer.posting_id else (),
            "default_context": LearningContext.EMPLOYEE,
        },
    )


@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask for a seat. A visitor who logs in on the way arrives here by GET and is led to the page."""
    visit = _visit(request, public_id)
    if request.method == "GET":
        return redirect("workshops:detail", public_id=public_id)
    person = get_person(request=request, at=visit.at)
    posting = find_posting(person_id=person.pk, at=visit.at)
    wanted = request.POST.get("contexto", "")
    context = wanted if wanted in LearningContext.values else ""
    context = context or (LearningContext.EMPLOYEE if posting else LearningContext.CITIZEN)
    try:
        registration, is_new = sign_up(
            session_id=visit.session.pk, person=person, context=context, posting=posting, at=visit.at
        )
    except SignUpClosedError as error:
        messages.error(request, REFUSALS[error.refusal])
    except NoPostingError:
        messages.error(
            request, _("Tu institución aún no te cargó en su nómina. Puedes inscribirte por tu cuenta.")
        )
    else:
        if not is_new:
            messages.info(request, _("Ya estabas en la lista de este taller."))
        elif registration.has_seat:
            messages.success(request, _("Tienes un cupo en este taller."))
        else:
            messages.warning(
                request, _("No quedan cupos: entraste a la lista de espera, por orden de llegada.")
            )
    return redirect("workshops:detail", public_id=public_id)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give the seat or the place in the queue back."""
    visit = _visit(request, public_id)
    if request.method == "GET":
        return redirect("workshops:detail", public_id=public_id)
    person = get_person(request=request, at=visit.at)
    try:
        has_left = leave(session_id=visit.session.pk, person=person, at=visit.at)
    except SignUpClosedError as error:
        messages.error(request, REFUSALS[error.refusal])
    else:
        text = _("Te retiraste de este taller.") if has_left else _("No estabas en la lista de este taller.")
        messages.info(request, text)
    return redirect("workshops:detail", public_id=public_id)


@login_not_required
@require_GET
def calendar_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The session for a calendar program; with the way in for those who may have it."""
    visit = _visit(request, public_id)
    session = visit.session
    url = settings.SITE_URL + reverse("workshops:detail", kwargs={"public_id": public_id})
    way_in = session.join_url if visit.sees_join_url else ""
    event = CalendarEvent(
        uid=f"{session.public_id}@{urlsplit(settings.SITE_URL).hostname}",
        sequence=session.revision,
        changed_at=session.updated_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=session.title,
        description="\n\n".join(part for part in (session.summary, way_in, url) if part),
        location=way_in or session.where,
        url=url,
        is_cancelled=session.is_cancelled,
    )
    response = HttpResponse(build_calendar(event=event), content_type="text/calendar; charset=utf-8")
    day = clock.local_date(session.starts_at).isoformat()
    response["Content-Disposition"] = f'attachment; filename="taller-{day}.ics"'
    return response

"""HR invites people of its roster to make an account."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, Institution, Person
from lms.people.policy import Action, NotAllowedError, Reach, Viewer, reach_of, require_any
from lms.people.selectors.finding import read_search
from lms.people.selectors.invitations import (
    letter_of,
    list_inviting_institutions,
    list_uninvited,
    list_without_account,
)
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.people.services.invitations import MOST_AT_ONCE, invite_people
from lms.reports.people.invitation_words import notice_of, tell
from lms.reports.people.selectors_people import get_person_file
from lms.ui.components import Notice

PEOPLE_PER_PAGE = 50


@dataclass(frozen=True)
class Door:
    """Who invites, and where."""

    viewer: Viewer
    reach: Reach
    institutions: list[Institution]
    institution: Institution
    at: datetime


@dataclass(frozen=True)
class Line:
    """One person without account."""

    person: Person
    notice: Notice
    expires_on: date | None
    can_be_invited: bool


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def invitations(request: HttpRequest) -> HttpResponse:
    """People without account; POST invites the chosen ones, or all who were not invited yet."""
    door = _enter(request)
    if request.method == "POST":
        return _invite(request, door)
    search = read_search(request.GET.get("q", ""))
    people = list_without_account(
        institution_id=door.institution.pk, reach=door.reach, at=door.at, search=search
    )
    page = Paginator(people, PEOPLE_PER_PAGE).get_page(request.GET.get("pagina"))
    log_access(
        viewer=door.viewer,
        grant=require_any(viewer=door.viewer, action=Action.INVITE_PEOPLE),
        action=AccessLogEntry.Action.VIEW_LIST,
        at=door.at,
        institution_id=door.institution.pk,
        people_count=len(page),
        detail="invitations",
    )
    uninvited = _list_uninvited(door).count()
    return render(
        request,
        "reports/invitations.html",
        {
            "door": door,
            "page": page,
            "lines": [_line(person, door.at) for person in page],
            "search": search,
            "uninvited": min(uninvited, MOST_AT_ONCE),
            "is_more": uninvited > MOST_AT_ONCE,
        },
    )


def _invite(request: HttpRequest, door: Door) -> HttpResponse:
    if "todas" in request.POST:
        public_ids = list(_list_uninvited(door).values_list("public_id", flat=True)[:MOST_AT_ONCE])
    else:
        public_ids = _read_ids(request.POST.getlist("persona"))
    if not public_ids:
        messages.warning(request, _("Elige al menos una persona."))
    else:
        counts = invite_people(
            public_ids=public_ids,
            institution_id=door.institution.pk,
            reach=door.reach,
            created_by_id=door.viewer.user_id,
            at=door.at,
        )
        tell(request, counts)
    return redirect(f"{reverse('reports:invitations')}?institucion={door.institution.code}")


@require_POST
@not_allowed_is_404
def invite_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Invite one person, from its file."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    file = get_person_file(viewer=viewer, public_id=public_id, at=at)
    counts = invite_people(
        public_ids=[public_id],
        institution_id=file.institution_id,
        reach=_reach(viewer),
        created_by_id=viewer.user_id,
        at=at,
    )
    tell(request, counts)
    return redirect("reports:person", public_id=public_id)


def _enter(request: HttpRequest) -> Door:
    """Who invites, and in which of their institutions.

    Raises:
        NotAllowedError: nowhere.
        Http404: an unknown institution, or one of others.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    reach = _reach(viewer)
    institutions = list(list_inviting_institutions(reach=reach))
    code = request.POST.get("institucion", "") or request.GET.get("institucion", "")
    chosen = [place for place in institutions if not code or place.code == code]
    if not chosen:
        raise Http404
    return Door(viewer, reach, institutions, chosen[0], at)


def _reach(viewer: Viewer) -> Reach:
    reach = reach_of(viewer=viewer, action=Action.INVITE_PEOPLE)
    if not reach:
        raise NotAllowedError(Action.INVITE_PEOPLE)
    return reach


def _list_uninvited(door: Door) -> QuerySet[Person]:
    return list_uninvited(institution_id=door.institution.pk, reach=door.reach, at=door.at)


def _read_ids(texts: list[str]) -> list[UUID]:
    """Public ids among the texts; what is none is left out."""
    found = []
    for text in texts[:MOST_AT_ONCE]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _line(person: Person, at: datetime) -> Line:
    letter = letter_of(
        person=person,
        sent_at=person.letter_at,  # type: ignore[attr-defined]
        expires_at=person.letter_expires_at,  # type: ignore[attr-defined]
        at=at,
    )
    return Line(
        person=person,
        notice=notice_of(letter),
        expires_on=clock.local_date(letter.expires_at) if letter.expires_at else None,
        can_be_invited=letter.can_be_sent,
    )

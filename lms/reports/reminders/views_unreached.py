"""Whom no e-mail reaches, why, and what can be done."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lms.lib import clock
from lms.notices.models.notices import REASON_CHOICES
from lms.notices.rules.kinds import Reason
from lms.notices.selectors.addresses import (
    address_of,
    list_with_problems,
    list_without_address,
    read_suppressions,
)
from lms.notices.services.addresses import clear_problems
from lms.people.gate import not_allowed_is_404
from lms.people.keys import secret_keys
from lms.people.models import Institution, Person
from lms.people.policy import Action, Reach, has_any, reach_of, require_any
from lms.people.selectors.reach import within
from lms.people.selectors.viewers import get_viewer
from lms.reports.reminders.notice_door import enter

PAGE_SIZE = 50
MOST_SUPPRESSED = 500


@dataclass(frozen=True)
class Unreached:
    """A person whom no e-mail reaches, why, and whether it can be tried again."""

    person: Person
    reason: str
    can_retry: bool


@require_GET
@not_allowed_is_404
def unreached(request: HttpRequest) -> HttpResponse:
    """People at work without an address, and those whose address is written to no more."""
    door = enter(request)
    key = {"institution_id": door.institution.pk, "reach": door.reach, "at": door.at}
    page = Paginator(list_without_address(**key), PAGE_SIZE).get_page(request.GET.get("pagina"))  # type: ignore[arg-type]
    problems = list(list_with_problems(**key).select_related("user")[:MOST_SUPPRESSED])  # type: ignore[arg-type]
    reasons = read_suppressions(addresses={address_of(p) for p in problems}, keys=secret_keys())
    suppressed = [
        Unreached(person, _say_reason(reason), reason == Reason.BOUNCED)
        for person in problems
        if (reason := reasons.get(address_of(person)))
    ]
    door.log(len(page) + len(suppressed), "notices unreached")
    context = {
        "door": door,
        "page": page,
        "suppressed": suppressed,
        "may_retry": has_any(viewer=door.viewer, action=Action.MANAGE_PEOPLE),
        "query": f"institucion={door.institution.code}",
    }
    return render(request, "reports/notices_unreached.html", context)


@require_POST
@not_allowed_is_404
def retry_address(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """HR says that the address works again."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    reach = reach_of(viewer=viewer, action=Action.MANAGE_PEOPLE)
    require_any(viewer=viewer, action=Action.MANAGE_PEOPLE)
    person = Person.objects.present().filter(public_id=public_id).first()
    place = _place_of(person, reach, at) if person else None
    if person is None or place is None:
        raise Http404
    clear_problems(person_id=person.pk, cleared_by_id=viewer.user_id, at=at)
    messages.success(request, _("Listo. El próximo aviso también le llegará por correo."))
    return redirect(f"{reverse('reports:notices_unreached')}?institucion={place.code}")


def _place_of(person: Person, reach: Reach, at: datetime) -> Institution | None:
    """Where the person works within the reach; ``None``: nowhere."""
    jobs = person.postings.valid_on(clock.local_date(at)).filter(within(reach))
    posting = jobs.select_related("institution").first()
    return posting.institution if posting else None


def _say_reason(reason: Reason) -> str:
    return str(dict(REASON_CHOICES)[reason.value])

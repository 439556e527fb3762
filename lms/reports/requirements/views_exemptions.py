"""HR does not ask a training of some people for some time, and says why."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, Person
from lms.people.policy import Action, Viewer, reach_of, require_any
from lms.people.selectors.finding import list_people_within
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.progress.models import Exemption, TrainingRequirement
from lms.progress.selectors.requirements import find_requirement
from lms.progress.services.requirements import ExemptionError, end_exemption, exempt_people
from lms.reports.requirements.forms_requirements import ExemptForm

MOST_PEOPLE = 500


@require_POST
@not_allowed_is_404
def exempt(request: HttpRequest) -> HttpResponse:
    """From a selection of people: asks from when to when and why, then exempts them."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    grant = require_any(viewer=viewer, action=Action.MANAGE_TRAINING)
    requirement = _requirement(request.POST.get("exigencia", ""))
    people = _selected(request, viewer)
    back = _back(request)
    if not people:
        messages.error(request, _("Selecciona al menos a una persona de la lista."))
        return redirect(back)
    today = clock.local_date(at)
    is_sent = "reason" in request.POST
    form = ExemptForm(request.POST if is_sent else None, today=today, initial={"first_day": today})
    if not is_sent or not form.is_valid():
        context = {"form": form, "people": people, "requirement": requirement, "back": back}
        return render(request, "reports/exempt.html", context, status=400 if is_sent else 200)
    try:
        exempt_people(
            requirement=requirement,
            people=people,
            first_day=form.cleaned_data["first_day"],
            last_day=form.cleaned_data["last_day"],
            reason=form.cleaned_data["reason"],
            author=request.user,  # type: ignore[arg-type]
            at=at,
        )
    except ExemptionError:  # the form has checked the dates against the same day
        raise Http404 from None
    log_access(
        viewer=viewer, grant=grant, action=AccessLogEntry.Action.VIEW_LIST, at=at,
        institution_id=grant.institution_id, people_count=len(people), detail="exempted",
    )  # fmt: skip
    text = ngettext("%(n)s persona quedó eximida.", "%(n)s personas quedaron eximidas.", len(people))
    messages.success(request, text % {"n": len(people)})
    return redirect(back)


@require_POST
@not_allowed_is_404
def end(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End an exemption from today; a second post changes nothing."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.MANAGE_TRAINING)
    exemption = Exemption.objects.select_related("person").filter(public_id=public_id).first()
    reach = reach_of(viewer=viewer, action=Action.MANAGE_TRAINING)
    if exemption is None or not list_people_within(public_ids=[exemption.person.public_id], reach=reach):
        raise Http404
    end_exemption(exemption_id=exemption.pk, at=at)
    messages.success(request, _("La eximición terminó. Desde hoy se le vuelve a exigir."))
    return redirect("reports:person", public_id=exemption.person.public_id)


def _requirement(text: str) -> TrainingRequirement:
    try:
        found = find_requirement(public_id=UUID(text))
    except ValueError:
        raise Http404 from None
    if found is None or found.status == TrainingRequirement.Status.DRAFT:
        raise Http404
    return found


def _selected(request: HttpRequest, viewer: Viewer) -> list[Person]:
    ids = []
    for text in request.POST.getlist("persona")[:MOST_PEOPLE]:
        try:
            ids.append(UUID(text))
        except ValueError:
            continue
    return list_people_within(public_ids=ids, reach=reach_of(viewer=viewer, action=Action.MANAGE_TRAINING))


def _back(request: HttpRequest) -> str:
    """Where the visitor came from, if that is here."""
    back = request.POST.get("volver", "")
    is_ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else reverse("reports:people")

"""HR makes two records of one person one, and within thirty days two again."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lms.journeys.merge_people import merge_people, undo_merge
from lms.lib.clock import local_date
from lms.people.gate import not_allowed_is_404
from lms.people.models import AccessLogEntry, PersonMerge, User
from lms.people.selectors.finding import read_search
from lms.people.selectors.merges import find_other, search_duplicates, suggest_duplicates
from lms.people.services import merging
from lms.reports.people.doors import Desk, enter_desk, get_managed_job_of, get_managed_person, log_look
from lms.reports.people.forms_merges import MergeForm
from lms.reports.people.selectors_merges import to_sides

PROBLEMS = {
    merging.TwoRunsError: (
        "keep",
        gettext_lazy("Cada ficha tiene su propio RUN: son dos personas. No se pueden fusionar."),
    ),
    merging.PersonGoneError: ("keep", gettext_lazy("Una de las fichas ya se fusionó o se retiró.")),
    merging.AccountChoiceMissingError: (
        "account",
        gettext_lazy("Elige con qué cuenta seguirá ingresando."),
    ),
    merging.AccountWithRolesError: (
        "account",
        gettext_lazy("La cuenta que se cerraría tiene roles. Deja esa, o pide antes que se los terminen."),
    ),
}


@require_GET
@not_allowed_is_404
def find(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Records that might be of the same person: those that look alike, and those searched for."""
    desk = enter_desk(request=request)
    person = get_managed_person(desk=desk, public_id=public_id)
    text = read_search(request.GET.get("q", ""))
    suggested = suggest_duplicates(person=person, reach=desk.reach)
    found = []
    if text:
        found = search_duplicates(person=person, text=text, reach=desk.reach, run_key=settings.RUN_KEY)
    log_look(
        desk=desk,
        unit=get_managed_job_of(desk=desk, people=[person]).unit,
        action=AccessLogEntry.Action.VIEW_LIST,
        people_count=len(suggested) + len(found),
        detail="duplicates",
    )
    context = {"person": person, "suggested": suggested, "found": found, "search": text}
    return render(request, "reports/merge_find.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def merge(request: HttpRequest, public_id: UUID, other_id: UUID) -> HttpResponse:
    """Both side by side; a POST makes them one."""
    desk = enter_desk(request=request)
    person = get_managed_person(desk=desk, public_id=public_id)
    other = find_other(person=person, public_id=other_id, reach=desk.reach)
    if other is None:
        raise Http404
    is_own = desk.viewer.person_id in (person.pk, other.pk)
    form = MergeForm(request.POST if request.method == "POST" else None, first=person, second=other)
    if form.is_bound and form.is_valid():
        if is_own:
            form.add_error(
                None,
                _("Una de las fichas es la tuya. Pide a otra persona de Gestión de Personas que las una."),
            )
        elif _merge(request, desk, form):
            return redirect("reports:person", public_id=form.kept.public_id)
    else:
        unit = get_managed_job_of(desk=desk, people=[person]).unit
        log_look(desk=desk, unit=unit, action=AccessLogEntry.Action.VIEW_PERSON, subject=other)
    context = {"person": person, "form": form, "sides": to_sides(people=[person, other], reach=desk.reach)}
    return render(request, "reports/merge.html", context, status=400 if form.is_bound else 200)


def _merge(request: HttpRequest, desk: Desk, form: MergeForm) -> bool:
    """False after writing into the form why they cannot be one."""
    job = get_managed_job_of(desk=desk, people=[form.kept, form.merged])
    author = request.user if isinstance(request.user, User) else None
    try:
        merge_people(
            kept_id=form.kept.pk,
            merged_id=form.merged.pk,
            account_of=form.account_of,
            institution_id=job.institution_id,
            author=author,
            viewer=desk.viewer,
            grant=desk.grant_for(job.institution_id, job.unit_id),
            at=desk.at,
        )
    except merging.MergeError as error:
        name, text = PROBLEMS[type(error)]
        form.add_error(name if name in form.fields else None, text)
        return False
    messages.success(request, _("Las dos fichas son una. Puedes deshacerlo durante 30 días, desde la ficha."))
    return True


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def undo(request: HttpRequest, public_id: UUID, merge_id: UUID) -> HttpResponse:
    """Asks once, then puts back what went over, and tells what could not."""
    desk = enter_desk(request=request)
    person = get_managed_person(desk=desk, public_id=public_id)
    found = PersonMerge.objects.select_related("merged").filter(public_id=merge_id, kept=person).first()
    if found is None or not found.can_be_undone(desk.at):
        raise Http404
    if request.method != "POST":
        context = {"person": person, "merge": found, "merged_on": local_date(found.merged_at)}
        return render(request, "reports/merge_undo.html", context)
    job = get_managed_job_of(desk=desk, people=[person])
    grant = desk.grant_for(job.institution_id, job.unit_id)
    try:
        _found, left = undo_merge(merge_id=found.pk, viewer=desk.viewer, grant=grant, at=desk.at)
    except merging.MergeError:
        raise Http404 from None
    messages.success(request, _("La fusión quedó deshecha: son dos fichas otra vez."))
    if left:
        names = ", ".join(f"{one.name} ({one.rows})" for one in left)
        text = _("Esto cambió después de la fusión y quedó donde está: %(names)s.")
        messages.warning(request, text % {"names": names})
    return redirect("reports:person", public_id=public_id)

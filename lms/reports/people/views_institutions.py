"""Whoever runs the platform keeps the list of institutions."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from lms.journeys.change_places import save_institution
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import Institution
from lms.people.policy import Action, require
from lms.people.selectors.finding import read_search
from lms.people.selectors.places import search_institutions
from lms.people.selectors.viewers import get_viewer
from lms.people.services import institutions as services
from lms.reports.people.answers import Back, FormWords, answer_place_form
from lms.reports.people.forms_institutions import InstitutionForm, initial_of

PER_PAGE = 50
PROBLEMS: dict[type[Exception], tuple[str, Promise]] = {
    services.InstitutionCodeTakenError: ("code", gettext_lazy("Otra institución ya tiene ese código.")),
    services.InstitutionCircleError: (
        "parent",
        gettext_lazy("Esa institución es ella misma o depende de ella. Elige otra."),
    ),
    services.SuccessorError: ("successor", gettext_lazy("Una institución no puede sucederse a sí misma.")),
    services.InstitutionDatesError: ("valid_until", gettext_lazy("El término es anterior al inicio.")),
}


@require_GET
@not_allowed_is_404
def institutions(request: HttpRequest) -> HttpResponse:
    """All of them, or those found by name or code."""
    _enter(request)
    search = read_search(request.GET.get("q", ""))
    page = Paginator(search_institutions(text=search), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "reports/places.html", {"page": page, "search": search})


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """A new institution."""
    return _write(request, None, _enter(request))


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit(request: HttpRequest, institution_id: int) -> HttpResponse:
    """Name, dates, where it hangs, who succeeds it."""
    at = _enter(request)
    found = Institution.objects.select_related("parent", "successor").filter(pk=institution_id).first()
    if found is None:
        raise Http404
    return _write(request, found, at)


def _write(request: HttpRequest, found: Institution | None, at: datetime) -> HttpResponse:
    form = InstitutionForm(
        request.POST if request.method == "POST" else None,
        is_new=found is None,
        today=clock.local_date(at),
        initial=initial_of(found) if found else {},
    )
    words = FormWords(
        heading=_("Cambiar la institución") if found else _("Agregar una institución"),
        lead=f"{found.name} ({found.code})" if found else "",
        button=_("Guardar la institución"),
        done=_("La institución quedó guardada."),
    )
    return answer_place_form(
        request,
        form,
        write=lambda: save_institution(
            institution_id=found.pk if found else None, facts=form.facts(code=found.code if found else "")
        ),
        problems=PROBLEMS,
        words=words,
        back=Back(_("Instituciones"), reverse("reports:places")),
    )


def _enter(request: HttpRequest) -> datetime:
    """The instant, for whoever runs the whole platform.

    Raises:
        NotAllowedError: the visitor does not.
    """
    at = clock.now()
    require(viewer=get_viewer(user=request.user, at=at), action=Action.OPERATE_PLATFORM)
    return at

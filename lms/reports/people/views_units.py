"""HR keeps the tree of units of its institutions."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.journeys import change_places
from lms.people.gate import not_allowed_is_404
from lms.people.models import Institution, Unit
from lms.people.selectors.places import list_manageable_institutions
from lms.people.selectors.units import find_unit, get_unit_tree, list_open_units, unit_paths
from lms.people.services import units as services
from lms.reports.people.answers import Back, FormWords, answer_place_form
from lms.reports.people.doors import Desk, enter_desk
from lms.reports.people.forms_units import UnitForm

PROBLEMS: dict[type[Exception], tuple[str, Promise]] = {
    services.UnitCodeTakenError: ("code", gettext_lazy("La institución ya tiene una unidad con ese código.")),
    services.UnitCircleError: (
        "parent",
        gettext_lazy("Esa unidad es ella misma o depende de ella. Elige otra."),
    ),
    services.UnitElsewhereError: ("parent", gettext_lazy("Esa unidad está cerrada. Elige otra.")),
}


@dataclass(frozen=True)
class Place:
    """The institution whose units are shown, among those of the viewer."""

    institution: Institution
    institutions: list[Institution]
    is_whole: bool


@require_GET
@not_allowed_is_404
def units(request: HttpRequest) -> HttpResponse:
    """The tree, with how many people work in each unit today."""
    desk = enter_desk(request=request)
    place = _place(request, desk)
    tree = get_unit_tree(institution_id=place.institution.pk, reach=desk.reach, day=desk.today)
    context = {"place": place, "tree": tree, "today": desk.today}
    return render(request, "reports/units.html", context)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """A new unit of the institution in the address."""
    desk = enter_desk(request=request)
    place = _place(request, desk)
    form = _form(request, desk, place.institution, None)
    words = FormWords(
        heading=_("Crear una unidad"),
        lead=place.institution.name,
        button=_("Crear la unidad"),
        done=_("La unidad quedó creada."),
    )
    return answer_place_form(
        request,
        form,
        write=lambda: change_places.create_unit(
            institution=place.institution,
            code=form.cleaned_data["code"],
            name=form.cleaned_data["name"],
            parent=form.chosen_parent,
        ),
        problems=PROBLEMS,
        words=words,
        back=Back(_("Unidades"), _address(place.institution)),
    )


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Its name, and from which it hangs."""
    desk = enter_desk(request=request)
    unit = _unit(desk, unit_id)
    form = _form(request, desk, unit.institution, unit)
    words = FormWords(
        heading=_("Cambiar la unidad"),
        lead=unit.institution.name,
        button=_("Guardar la unidad"),
        done=_("La unidad quedó guardada."),
    )
    return answer_place_form(
        request,
        form,
        write=lambda: change_places.change_unit(
            unit_id=unit.pk,
            name=form.cleaned_data["name"],
            parent=form.chosen_parent if "parent" in form.fields else unit.parent,
        ),
        problems=PROBLEMS,
        words=words,
        back=Back(_("Unidades"), _address(unit.institution)),
    )


@require_POST
@not_allowed_is_404
def close(request: HttpRequest, unit_id: int) -> HttpResponse:
    """From tomorrow nobody can be put into it; refused while people or units are in it."""
    desk = enter_desk(request=request)
    unit = _unit(desk, unit_id)
    try:
        change_places.close_unit(unit_id=unit.pk, last_day=desk.today)
    except services.UnitHasPeopleError:
        text = _("En «%(unit)s» trabajan personas, o van a trabajar. Trasládalas antes de cerrarla.")
        messages.error(request, text % {"unit": unit.name})
    except services.UnitHasUnitsError:
        text = _("De «%(unit)s» dependen otras unidades. Ciérralas o cámbialas de lugar antes.")
        messages.error(request, text % {"unit": unit.name})
    else:
        messages.success(request, _("«%(unit)s» quedó cerrada.") % {"unit": unit.name})
    return redirect(_address(unit.institution))


@require_POST
@not_allowed_is_404
def reopen(request: HttpRequest, unit_id: int) -> HttpResponse:
    """It is open again."""
    desk = enter_desk(request=request)
    unit = _unit(desk, unit_id)
    change_places.reopen_unit(unit_id=unit.pk)
    messages.success(request, _("«%(unit)s» está abierta otra vez.") % {"unit": unit.name})
    return redirect(_address(unit.institution))


def _place(request: HttpRequest, desk: Desk) -> Place:
    institutions = list_manageable_institutions(reach=desk.reach)
    code = request.GET.get("institucion", "")
    found = [one for one in institutions if one.code == code or not code]
    if not found:
        raise Http404
    return Place(found[0], institutions, _is_whole(desk, found[0]))


def _is_whole(desk: Desk, institution: Institution) -> bool:
    return desk.reach.everywhere or institution.pk in desk.reach.institution_ids


def _unit(desk: Desk, unit_id: int) -> Unit:
    unit = find_unit(unit_id=unit_id, reach=desk.reach)
    if unit is None:
        raise Http404
    return unit


def _form(request: HttpRequest, desk: Desk, institution: Institution, unit: Unit | None) -> UnitForm:
    whole = _is_whole(desk, institution)
    paths = unit_paths(institution_ids=[institution.pk])
    open_units = list_open_units(reach=desk.reach, institution_id=institution.pk)
    parents = [(str(one.pk), paths[one.pk]) for one in open_units if unit is None or one.pk != unit.pk]
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        parents=sorted(parents, key=lambda pair: pair[1]),
        needs_parent=not whole,
        is_new=unit is None,
        initial={"name": unit.name, "parent": str(unit.parent_id or "")} if unit else {},
    )
    if unit is not None and not whole and unit.parent_id not in desk.reach.unit_ids:
        del form.fields["parent"]  # the top of what the viewer answers for hangs where it hangs
    return form


def _address(institution: Institution) -> str:
    return f"{reverse('reports:units')}?institucion={institution.code}"

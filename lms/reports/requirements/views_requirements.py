"""HR writes what training it asks for: draft, preview in numbers, publish, change, withdraw."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.models import Course
from lms.lib import clock
from lms.people.gate import not_allowed_is_404
from lms.people.models import Institution
from lms.people.policy import Action, Viewer, require, require_any
from lms.people.selectors.finding import find_people
from lms.people.selectors.places import list_institutions_whole
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import TrainingRequirement
from lms.progress.rules.requirements import RequirementSpec, spec_from_stored
from lms.progress.services import requirements as services
from lms.reports.requirements import selectors_requirements as selectors
from lms.reports.requirements.forms_requirements import PublishForm, RequirementForm, initial_of, new_initial
from lms.reports.requirements.previewing import get_preview

Status = TrainingRequirement.Status


def _viewer(request: HttpRequest, at: datetime) -> Viewer:
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.MANAGE_TRAINING)
    return viewer


@require_GET
@not_allowed_is_404
def requirements(request: HttpRequest) -> HttpResponse:
    """What the viewer's institutions ask of their people."""
    viewer = _viewer(request, clock.now())
    return render(request, "reports/requirements.html", {"lines": selectors.list_lines(viewer=viewer)})


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """The form of a new requirement; HR of several institutions chooses whose first."""
    at = clock.now()
    viewer = _viewer(request, at)
    owners = list_institutions_whole(viewer=viewer, action=Action.MANAGE_TRAINING)
    code = request.GET.get("institucion", "")
    owner = next((one for one in owners if one.code == code), None)
    if owner is None and (code or len(owners) != 1):
        if code:
            raise Http404
        return render(request, "reports/requirement_owner.html", {"owners": owners})
    owner = owner or owners[0]
    require(viewer=viewer, action=Action.MANAGE_TRAINING, institution_id=owner.pk)
    return _write(request, viewer, owner, None, at)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The draft; what is in force stays until it is published."""
    at = clock.now()
    viewer = _viewer(request, at)
    found = selectors.get_writing(viewer=viewer, public_id=public_id).requirement
    if found.status == Status.WITHDRAWN:
        raise Http404
    return _write(request, viewer, found.owner, found, at)


def _write(
    request: HttpRequest,
    viewer: Viewer,
    owner: Institution | None,
    found: TrainingRequirement | None,
    at: datetime,
) -> HttpResponse:
    spec = spec_from_stored(found.draft) if found else None
    choices = selectors.get_choices(viewer=viewer, owner=owner, spec=spec)
    form = RequirementForm(
        request.POST if request.method == "POST" else None,
        courses=choices.courses,
        units=choices.units,
        institutions=choices.institutions,
        named=choices.named,
        excluded_people=choices.excluded,
        initial=_initial(found, spec, at),
    )
    if form.is_bound and form.is_valid():
        wanted = _read_spec(form, owner)
        if wanted is not None:
            saved = services.save_draft(
                requirement=found,
                owner=owner,
                text=form.text,
                spec=wanted,
                author=request.user,  # type: ignore[arg-type]
                at=at,
            )
            return redirect("reports:requirement", public_id=saved.public_id)
    context = {"form": form, "owner": owner, "requirement": found, "has_courses": bool(choices.courses)}
    return render(request, "reports/requirement_form.html", context, status=400 if form.is_bound else 200)


def _initial(
    found: TrainingRequirement | None, spec: RequirementSpec | None, at: datetime
) -> dict[str, object]:
    if found is None or spec is None:
        return new_initial(today=clock.local_date(at))
    text = services.RequirementText(found.title, found.reason, found.target_percent)
    return initial_of(text=text, spec=spec)


def _read_spec(form: RequirementForm, owner: Institution | None) -> RequirementSpec | None:
    """The spec, or ``None`` after writing into the form which lines name nobody."""
    reach = selectors.owner_reach(owner)
    found = {}
    for name in ("people", "excluded"):
        people = find_people(
            lines=form.cleaned_data[name].splitlines(), reach=reach, run_key=settings.RUN_KEY
        )
        if people.unknown:
            lines = ", ".join(map(str, people.unknown[:10]))
            form.add_error(
                name,
                _("No encontramos a nadie de la institución en estas líneas: %(lines)s.") % {"lines": lines},
            )
        found[name] = people.ids
    if form.errors:
        return None
    return form.spec(people=found["people"], excluded=found["excluded"])


@require_GET
@not_allowed_is_404
def requirement(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One requirement: in force, drafted, what publishing would do, its history."""
    at = clock.now()
    viewer = _viewer(request, at)
    found = selectors.get_writing(viewer=viewer, public_id=public_id).requirement
    titles = dict(Course.objects.values_list("pk", "title"))
    line = selectors.to_line(requirement=found, titles=titles)
    can_publish = found.status == Status.DRAFT or line.has_changes
    return render(
        request,
        "reports/requirement.html",
        {
            "requirement": found,
            "line": line,
            "draft": spec_from_stored(found.draft),
            "draft_courses": [titles.get(pk, "") for pk in spec_from_stored(found.draft).courses],
            "versions": selectors.list_versions(requirement=found),
            "can_publish": can_publish and found.applied is None,
            "preview": get_preview(requirement=found, day=clock.local_date(at)) if can_publish else None,
            "form": PublishForm(),
        },
    )


@require_POST
@not_allowed_is_404
def publish(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the draft in force. A second post says that nothing changed."""
    at = clock.now()
    viewer = _viewer(request, at)
    found = selectors.get_writing(viewer=viewer, public_id=public_id).requirement
    form = PublishForm(request.POST)
    is_first = found.status == Status.DRAFT
    if not is_first and not form.is_valid():
        messages.error(request, _("Escribe qué cambia y por qué: queda en el historial."))
        return redirect("reports:requirement", public_id=public_id)
    try:
        services.publish_requirement(
            requirement_id=found.pk,
            allowed=selectors.allowed_places(viewer=viewer),
            author=request.user,  # type: ignore[arg-type]
            note=form.cleaned_data["note"] if form.is_valid() else "",
            at=at,
        )
    except services.RequirementError as error:
        messages.error(request, describe_refusal(error))
    else:
        messages.success(request, _("La exigencia quedó publicada. Ahora se asigna a cada persona."))
    return redirect("reports:requirement", public_id=public_id)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Asks why, then asks it of nobody any more; what was done stays."""
    at = clock.now()
    viewer = _viewer(request, at)
    found = selectors.get_writing(viewer=viewer, public_id=public_id).requirement
    form = PublishForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"requirement": found, "form": form}
        status = 400 if form.is_bound else 200
        return render(request, "reports/requirement_withdraw.html", context, status=status)
    try:
        services.withdraw_requirement(
            requirement_id=found.pk,
            author=request.user,  # type: ignore[arg-type]
            note=form.cleaned_data["note"],
            at=at,
        )
    except services.RequirementError as error:
        messages.error(request, describe_refusal(error))
    else:
        messages.success(request, _("La exigencia quedó retirada. Lo ya cumplido sigue registrado."))
    return redirect("reports:requirement", public_id=public_id)


@require_POST
@not_allowed_is_404
def discard(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Delete a draft that was never published."""
    viewer = _viewer(request, clock.now())
    found = selectors.get_writing(viewer=viewer, public_id=public_id).requirement
    try:
        services.discard_draft(requirement=found)
    except services.RequirementError:
        messages.error(request, _("Ya fue publicada: puedes retirarla, no descartarla."))
        return redirect("reports:requirement", public_id=public_id)
    messages.success(request, _("El borrador quedó descartado."))
    return redirect("reports:requirements")


def describe_refusal(error: services.RequirementError) -> str:
    """Why it cannot be published or withdrawn, and what to do."""
    match error:
        case services.NoCoursesError():
            return _("Falta elegir al menos un curso.")
        case services.NoDueDateError():
            return _("Falta la fecha límite, o es anterior al inicio.")
        case services.OutsideOwnerError():
            return _("Alcanza a instituciones por las que no respondes. Quítalas y publica de nuevo.")
        case services.NothingChangedError():
            return _("Ya está publicada así. No cambió nada.")
        case services.StillApplyingError():
            return _("Todavía se está aplicando el cambio anterior. Espera a que termine.")
        case _:
            return _("Esta exigencia fue retirada. Crea una nueva.")

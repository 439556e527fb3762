"""Where statements go on to: the list of targets, one of them, a new one, a change."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lms.lib import clock
from lms.operations.access import enter
from lms.operations.forms_forwarding import PRIVATE_ADDRESS, ConnectionForm, TargetForm
from lms.operations.probing import Probe, probe, probe_target
from lms.operations.selectors_forwarding import (
    TargetLine,
    find_target,
    list_dead_letters,
    list_targets,
)
from lms.people.gate import not_allowed_is_404
from lms.xapi.models import ForwardTarget
from lms.xapi.platform import credential_keys
from lms.xapi.services.forward_targets import change_target, create_target

LETTERS_PER_PAGE = 25


@require_GET
@not_allowed_is_404
def targets(request: HttpRequest) -> HttpResponse:
    """Every target with its state."""
    at = clock.now()
    enter(request=request, at=at)
    return render(request, "operations/targets.html", {"lines": list_targets(at=at)})


@require_GET
@not_allowed_is_404
def target(request: HttpRequest, target_id: int) -> HttpResponse:
    """One target, and what it refused for good."""
    at = clock.now()
    enter(request=request, at=at)
    line = get_line(target_id, at=at)
    letters = Paginator(list_dead_letters(target_id=target_id), LETTERS_PER_PAGE)
    page = letters.get_page(request.GET.get("pagina"))
    return render(request, "operations/target.html", {"line": line, "target": line.target, "page": page})


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def create(request: HttpRequest) -> HttpResponse:
    """A new target: tried once, and kept even if it does not answer yet."""
    enter(request=request, at=clock.now())
    form = TargetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        tried = _try(form)
        made = None if tried.is_private else _create(form)
        if made is not None:
            words = {"name": made.name}
            if tried.problem:
                messages.success(request, _("«%(name)s» quedó agregado.") % words)
            else:
                messages.success(request, _("«%(name)s» recibe declaraciones desde ahora.") % words)
            tell_problem(request, tried)
            return redirect("operations:target", target_id=made.pk)
    context = {"form": form}
    return render(request, "operations/target_form.html", context, status=400 if form.is_bound else 200)


def _create(form: TargetForm) -> ForwardTarget | None:
    data = form.cleaned_data
    try:
        with transaction.atomic():
            return create_target(
                name=data["name"],
                endpoint=data["endpoint"],
                key=data["key"],
                secret=data["secret"],
                verbs=form.chosen_verbs,
                only_ours=data["what"] == "ours",
                own_pseudonyms=data["own_pseudonyms"],
                from_start=data["since"] == "start",
                sealing_key=credential_keys()[0],
                at=clock.now(),
            )
    except IntegrityError:
        form.add_error("name", _("Ya hay un destino con ese nombre. Elige otro."))
        return None


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def edit(request: HttpRequest, target_id: int) -> HttpResponse:
    """Another address, key or secret; tried once, and kept even if it does not answer."""
    at = clock.now()
    enter(request=request, at=at)
    found = get_line(target_id, at=at).target
    form = ConnectionForm(request.POST if request.method == "POST" else None, target=found)
    if form.is_valid():
        tried = _try(form)
        if not tried.is_private:
            _change(found, is_active=found.is_active, **form.cleaned_data)
            messages.success(request, _("La conexión de «%(name)s» quedó guardada.") % {"name": found.name})
            tell_problem(request, tried)
            return redirect("operations:target", target_id=found.pk)
    context = {"form": form, "target": found}
    return render(request, "operations/target_form.html", context, status=400 if form.is_bound else 200)


def _try(form: ConnectionForm) -> Probe:
    """What the other side says to the address and the key as written; an inner address is an error."""
    data = form.cleaned_data
    if data["secret"] or form.target is None:
        tried = probe(endpoint=data["endpoint"], key=data["key"], secret=data["secret"])
    else:
        tried = probe_target(target=form.target, endpoint=data["endpoint"], key=data["key"])
    if tried.is_private:
        form.add_error("endpoint", str(PRIVATE_ADDRESS))
    return tried


@require_POST
@not_allowed_is_404
def check(request: HttpRequest, target_id: int) -> HttpResponse:
    """Tries the connection as it is kept."""
    at = clock.now()
    enter(request=request, at=at)
    found = get_line(target_id, at=at).target
    tried = probe_target(target=found, endpoint=found.endpoint, key=found.key)
    if tried.is_private:
        messages.error(request, str(PRIVATE_ADDRESS))
    elif tried.problem:
        tell_problem(request, tried)
    else:
        messages.success(request, _("La conexión funciona: responde y acepta la clave."))
    return redirect("operations:target", target_id=found.pk)


@require_POST
@not_allowed_is_404
def set_active(request: HttpRequest, target_id: int, is_active: bool) -> HttpResponse:
    """Stops sending, or goes on where it stopped."""
    at = clock.now()
    enter(request=request, at=at)
    found = get_line(target_id, at=at).target
    words = {"name": found.name}
    if found.is_active == is_active:
        messages.info(request, _("«%(name)s» ya estaba así. No cambió nada.") % words)
        return redirect("operations:target", target_id=found.pk)
    _change(found, is_active=is_active, endpoint=found.endpoint, key=found.key, secret="")
    if is_active:
        messages.success(request, _("«%(name)s» sigue recibiendo desde donde quedó.") % words)
    else:
        messages.success(request, _("«%(name)s» está en pausa. Lo que llegue lo espera.") % words)
    return redirect("operations:target", target_id=found.pk)


def _change(found: ForwardTarget, **values: Any) -> None:
    change_target(target_id=found.pk, sealing_key=credential_keys()[0], **values)


def get_line(target_id: int, *, at: datetime) -> TargetLine:
    """The target with its state.

    Raises:
        Http404: there is none.
    """
    line = find_target(target_id=target_id, at=at)
    if line is None:
        raise Http404
    return line


def tell_problem(request: HttpRequest, tried: Probe) -> None:
    """A warning with the reason, where the connection does not work yet."""
    if tried.problem:
        words = {"problem": tried.problem}
        messages.warning(
            request, _("La conexión no funciona todavía. %(problem)s Se sigue intentando sola.") % words
        )

"""What an administrator does with a target beyond its connection: send again, settle refusals, delete."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.lib import clock
from lms.lib.sealing import UnsealError
from lms.operations.access import enter
from lms.operations.forms_forwarding import ReplayForm
from lms.operations.selectors_forwarding import list_dead_letters
from lms.operations.views_forwarding import get_line
from lms.people.gate import not_allowed_is_404
from lms.ui.spelling import spell_date
from lms.xapi.models import DeadLetter
from lms.xapi.platform import credential_keys, current_platform, private_targets_allowed
from lms.xapi.services.forward_targets import delete_target, discard_dead_letter, replay_from
from lms.xapi.services.forwarding import LaterError, Sending, retry_dead_letter


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def replay(request: HttpRequest, target_id: int) -> HttpResponse:
    """First the day, then a page to confirm, then everything from that day on goes again."""
    at = clock.now()
    enter(request=request, at=at)
    found = get_line(target_id, at=at).target
    is_sent = request.method == "POST"
    form = ReplayForm(request.POST if is_sent else None, today=clock.local_date(at))
    is_valid = form.is_valid()
    if is_valid and "confirmar" in request.POST:
        replay_from(target_id=found.pk, since=form.since)
        words = {"name": found.name, "day": spell_date(value=form.cleaned_data["day"])}
        messages.success(request, _("«%(name)s» recibe de nuevo todo desde el %(day)s.") % words)
        return redirect("operations:target", target_id=found.pk)
    context = {"form": form, "target": found}
    if is_valid:
        return render(request, "operations/target_replay_confirm.html", context)
    return render(request, "operations/target_replay.html", context, status=400 if is_sent else 200)


@require_http_methods(["GET", "POST"])
@not_allowed_is_404
def delete(request: HttpRequest, target_id: int) -> HttpResponse:
    """Asks once, then forgets the target."""
    at = clock.now()
    enter(request=request, at=at)
    line = get_line(target_id, at=at)
    if request.method != "POST":
        return render(request, "operations/target_delete.html", {"line": line, "target": line.target})
    delete_target(target_id=target_id)
    messages.success(request, _("«%(name)s» ya no recibe nada.") % {"name": line.target.name})
    return redirect("operations:targets")


@require_POST
@not_allowed_is_404
def retry(request: HttpRequest, target_id: int, letter_id: int) -> HttpResponse:
    """Sends one refused statement again, now."""
    at = clock.now()
    enter(request=request, at=at)
    sending = Sending(current_platform(), credential_keys(), private_targets_allowed())
    try:
        letter = list_dead_letters(target_id=target_id).get(pk=letter_id)
        is_accepted = retry_dead_letter(letter_id=letter.pk, sending=sending, at=at)
    except DeadLetter.DoesNotExist:
        _tell_settled(request)
    except LaterError as error:
        messages.warning(request, _("Ahora no se puede. %(reason)s") % {"reason": error})
    except UnsealError:
        messages.error(request, _("El secreto guardado ya no se puede leer. Escríbelo de nuevo."))
    else:
        if is_accepted:
            messages.success(request, _("El destino aceptó la declaración."))
        else:
            messages.warning(request, _("El destino la rechazó otra vez. El motivo está en la lista."))
    return redirect("operations:target", target_id=target_id)


@require_POST
@not_allowed_is_404
def discard(request: HttpRequest, target_id: int, letter_id: int) -> HttpResponse:
    """Gives one refused statement up; the record keeps it."""
    enter(request=request, at=clock.now())
    letter = list_dead_letters(target_id=target_id).filter(pk=letter_id).first()
    if letter is not None and discard_dead_letter(letter_id=letter.pk):
        messages.success(request, _("La declaración ya no se enviará a este destino. Aquí se conserva."))
    else:
        _tell_settled(request)
    return redirect("operations:target", target_id=target_id)


def _tell_settled(request: HttpRequest) -> None:
    messages.info(request, _("Esa declaración ya no estaba pendiente. No cambió nada."))

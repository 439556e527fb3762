"""Invitations in words."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.people.selectors.invitations import Letter, LetterState
from lms.people.services.invitations import InvitedCounts
from lms.ui.components import Notice


def tell(request: HttpRequest, counts: InvitedCounts) -> None:
    """What came of inviting, as messages of the next page."""
    if counts.invited:
        text = ngettext("Enviamos %(count)s invitación.", "Enviamos %(count)s invitaciones.", counts.invited)
        messages.success(request, text % {"count": counts.invited})
    if counts.with_account:
        messages.info(request, _("Quien ya tiene cuenta no necesita invitación."))
    if counts.without_email:
        text = _("Sin correo no podemos invitar. Esa persona puede ingresar con ClaveÚnica.")
        messages.warning(request, text)
    if not (counts.invited or counts.with_account or counts.without_email):
        messages.warning(request, _("No invitamos a nadie: hoy no trabaja en tu institución."))


def notice_of(letter: Letter) -> Notice:
    """How it stands, as a tag."""
    notices = {
        LetterState.NONE: Notice("mute", "circle", _("Sin invitar")),
        LetterState.WAITING: Notice("info", "mail", _("Invitada, sin responder")),
        LetterState.EXPIRED: Notice("warn", "clock-alert", _("Invitación vencida")),
        LetterState.NO_EMAIL: Notice("mute", "circle", _("Sin correo")),
        LetterState.HAS_ACCOUNT: Notice("ok", "circle-check", _("Tiene cuenta")),
    }
    return notices[letter.state]

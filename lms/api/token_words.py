"""A token in the words of the screens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from lms.api.models import ApiToken, Scope
from lms.api.selectors.tokens import has_stopped, honoured_scopes
from lms.lib.clock import local_date
from lms.ui.components import Notice

SOON = timedelta(days=30)


@dataclass(frozen=True)
class TokenLine:
    """A token in a list. ``last_day``: the last on which it works."""

    token: ApiToken
    scopes: list[str]
    place: str
    notice: Notice
    last_day: object
    can_be_revoked: bool


def to_line(*, token: ApiToken, at: datetime) -> TokenLine:
    """A row of ``list_tokens``, with the scopes that it may still use, in the order of the form."""
    held = honoured_scopes(token)
    return TokenLine(
        token=token,
        scopes=[str(scope.label) for scope in Scope if scope.value in held],
        place=_place(token),
        notice=_notice(token, at),
        last_day=local_date(token.expires_at - timedelta(seconds=1)),
        can_be_revoked=token.revoked_at is None and token.expires_at > at,
    )


def _place(token: ApiToken) -> str:
    if token.institution is None:
        return _("Todas las instituciones")
    if token.with_dependents:
        return _("%(name)s y las que dependen de ella") % {"name": token.institution.name}
    return token.institution.name


def _notice(token: ApiToken, at: datetime) -> Notice:
    if token.revoked_at is not None:
        return Notice("mute", "ban", _("Revocada"))
    if token.expires_at <= at:
        return Notice("mute", "clock", _("Vencida"))
    if has_stopped(token):
        return Notice("bad", "circle-alert", _("Detenida: quien la creó ya no tiene el rol para darla"))
    if token.expires_at <= at + SOON:
        return Notice("warn", "clock", _("Por vencer"))
    return Notice("ok", "circle-check", _("Vigente"))

"""What the rules decide, in the words of the screens."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.discussions.models import Member, Thread
from lms.discussions.rules.cohorts import Audience, Cohort
from lms.discussions.rules.posting import PostState, Refusal
from lms.ui.components import Notice
from lms.ui.spelling import spell_date

REFUSALS: dict[Refusal, Promise] = {
    Refusal.SWITCHED_OFF: gettext_lazy("La conversación está apagada: nadie puede escribir."),
    Refusal.NOT_JOINED: gettext_lazy("Antes de escribir, lee las reglas y elige tu nombre."),
    Refusal.MUTED: gettext_lazy("Ahora no puedes escribir en esta conversación."),
    Refusal.CLOSED: gettext_lazy("Este tema se cerró: ya no recibe respuestas."),
    Refusal.TOO_MANY: gettext_lazy(
        "Escribiste diez mensajes en diez minutos. Espera un poco y envíalo de nuevo."
    ),
}
RULES: tuple[Promise, ...] = (
    gettext_lazy(
        "Habla del curso y de situaciones, no de personas. No nombres a nadie ni des pistas de quién es."
    ),
    gettext_lazy("Trata a las demás personas con respeto, también cuando no estés de acuerdo."),
    gettext_lazy("No escribas datos personales ni información reservada de tu trabajo."),
    gettext_lazy("Este no es un canal de denuncias. Para denunciar, usa los canales de tu institución."),
    gettext_lazy("Quienes enseñan el curso leen todo. Si retiran un mensaje, dicen por qué."),
    gettext_lazy("Puedes corregir un mensaje durante 15 minutos y retirarlo cuando quieras."),
)
GONE_NAME = gettext_lazy("Persona eliminada")


def describe_refusal(*, refusal: Refusal, member: Member | None) -> str:
    """Why one cannot write; for whoever was muted, until when and for what."""
    if refusal != Refusal.MUTED or member is None:
        return str(REFUSALS[refusal])
    return describe_mute(member)


def describe_mute(member: Member) -> str:
    """Until when and why a person only reads."""
    return _("Puedes leer, pero no escribir, hasta el %(day)s. Motivo: %(reason)s") % {
        "day": spell_date(value=member.muted_until),
        "reason": member.muted_reason,
    }


def describe_audience(*, cohort: Cohort | None, institution_name: str) -> str:
    """Who reads a subject."""
    if cohort is None:
        return ""
    if cohort.audience == Audience.INSTITUTION:
        return _("Lo leen las personas de %(place)s que hacen este curso, y quienes lo enseñan.") % {
            "place": institution_name
        }
    if cohort.audience == Audience.CITIZENS:
        return _("Lo leen quienes hacen este curso por su cuenta, y quienes lo enseñan.")
    return _("Lo leen todas las personas que hacen este curso, y quienes lo enseñan.")


def title_of(thread: Thread) -> str:
    """The title, or what became of it. ``thread`` has ``first_state``."""
    state = getattr(thread, "first_state", PostState.PUBLISHED)
    if state == PostState.HIDDEN:
        return _("Tema retirado por moderación")
    if state == PostState.ERASED:
        return _("Tema de una persona eliminada")
    return thread.title or _("Tema retirado por quien lo escribió")


def notice_of_state(*, state: str) -> Notice | None:
    """What is said beside a message that is not simply shown."""
    if state == PostState.WAITING:
        return Notice("warn", "hourglass", _("Por aprobar"))
    if state == PostState.HIDDEN:
        return Notice("bad", "ban", _("Retirado por moderación"))
    return None

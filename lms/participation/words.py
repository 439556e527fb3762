"""What the rules decide, in the words of the screens."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.participation.models import Contribution, OfficialReply
from lms.participation.rules.contributions import Refusal, Sector, State, Verdict
from lms.participation.rules.moderation import Act
from lms.participation.rules.sections import MOST_SECTIONS, DraftError
from lms.ui.components import Notice

GONE_NAME = gettext_lazy("Persona eliminada")
SECTOR_NAMES: dict[str, Promise] = {
    Sector.CITIZEN.value: gettext_lazy("Una persona"),
    Sector.CIVIL_SOCIETY.value: gettext_lazy("Persona de la sociedad civil"),
    Sector.ACADEMIA.value: gettext_lazy("Persona de la academia"),
    Sector.PRIVATE.value: gettext_lazy("Persona del sector privado"),
    Sector.PUBLIC_BODY.value: gettext_lazy("Persona de un organismo público"),
}
REFUSALS: dict[Refusal, Promise] = {
    Refusal.COMMENTS_CLOSED: gettext_lazy("Este plan ya no recibe comentarios."),
    Refusal.NOT_OPEN_YET: gettext_lazy("La consulta todavía no abre. Guarda tu texto y vuelve ese día."),
    Refusal.OVER: gettext_lazy("La consulta ya cerró: no recibe más aportes."),
    Refusal.TOO_MANY: gettext_lazy(
        "Escribiste seis aportes en una hora. Espera un poco y envíalo de nuevo: tu texto sigue aquí."
    ),
    Refusal.NOT_ANSWERED: gettext_lazy("Solo se puede agregar algo a un aporte que ya tiene respuesta."),
    Refusal.NOT_PUBLISHED: gettext_lazy("Esta consulta no está publicada: por ahora no recibe aportes."),
    Refusal.DRAFT_CHANGED: gettext_lazy(
        "El borrador cambió mientras escribías. Lee de nuevo la parte que comentas y envía tu texto otra vez."
    ),
}
LASTING = frozenset({Refusal.COMMENTS_CLOSED, Refusal.OVER, Refusal.NOT_PUBLISHED})
"""Those after which the same words cannot be sent again soon."""

RULES: tuple[Promise, ...] = (
    gettext_lazy("Habla del plan y de lo que propone. Di qué cambiarías y por qué."),
    gettext_lazy("Trata con respeto a las demás personas, también cuando no estés de acuerdo."),
    gettext_lazy("No des datos personales, tuyos ni de nadie."),
    gettext_lazy(
        "No acuses a nadie aquí. Este no es un canal de denuncias: para eso están los canales oficiales."
    ),
    gettext_lazy("No hagas publicidad ni propaganda electoral."),
    gettext_lazy("Se publica tal como lo escribes: nadie corrige ni resume tus palabras."),
    gettext_lazy(
        "Puedes corregirlo durante 30 minutos, si aún no tiene respuesta, y retirarlo cuando quieras."
    ),
)
ACTS: dict[Act, Promise] = {
    Act.SHOW: gettext_lazy("Publicarlo"),
    Act.HIDE: gettext_lazy("Ocultarlo, con un motivo"),
    Act.RESTORE: gettext_lazy("Publicarlo de nuevo"),
    Act.DISMISS: gettext_lazy("Dejarlo publicado: los avisos no corresponden"),
}
VERDICT_LOOKS: dict[str, tuple[str, str]] = {
    Verdict.ACCEPTED.value: ("ok", "circle-check"),
    Verdict.PARTLY.value: ("info", "circle-dot"),
    Verdict.REJECTED.value: ("mute", "ban"),
    Verdict.ANSWERED.value: ("info", "message-square-text"),
}


def public_name(row: Contribution) -> str:
    """The name its author chose, as long as there is an account; of hidden words nobody is named."""
    if row.author is None:
        return str(GONE_NAME)
    name = row.author.get_full_name().strip() if row.shows_name and row.is_shown else ""
    return name or str(SECTOR_NAMES[row.sector])


def verdict_notice(reply: OfficialReply) -> Notice:
    """The decision as a tag."""
    kind, icon = VERDICT_LOOKS[reply.verdict]
    return Notice(kind, icon, str(reply.get_verdict_display()))  # type: ignore[arg-type]


def state_notice(row: Contribution) -> Notice | None:
    """What is said beside words that are not simply shown."""
    if row.state == State.WAITING:
        return Notice("warn", "hourglass", _("Por revisar"))
    if row.state == State.HIDDEN:
        return Notice("bad", "ban", _("Oculto por moderación"))
    return Notice("mute", "ban", _("Retirado")) if row.state == State.WITHDRAWN else None


def gone_words(row: Contribution) -> str:
    """What stands where the words are not shown."""
    if row.state == State.HIDDEN:
        words = _("Oculto por moderación. Motivo: %(reason)s.") % {"reason": row.get_hidden_reason_display()}
        return f"{words} {row.hidden_note}".strip()
    if row.state == State.WITHDRAWN:
        return _("Retirado por quien lo escribió.")
    return _("Por revisar: todavía no se publica.") if row.state == State.WAITING else ""


def describe_draft_error(error: DraftError) -> str:
    """What to correct in a draft."""
    words = {"title": error.title, "most": MOST_SECTIONS}
    texts = {
        "too_many": _("El borrador tiene demasiadas secciones: usa hasta %(most)s."),
        "no_title": _("Hay una línea con «#» sin título. Escribe el título después del signo."),
        "long_title": _("Un título de sección es demasiado largo: «%(title)s…». Usa hasta 200 letras."),
        "long_text": _("La sección «%(title)s» es demasiado larga. Divídela."),
        "twice": _("Dos secciones se llaman igual: «%(title)s». Dales nombres distintos."),
    }
    return texts[error.problem] % words

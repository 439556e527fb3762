"""What a new version changes, in an author's words."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.changes import CourseChanges, What
from courses.models import ReleaseChange
from lms.ui.components import Notice, TagKind

RULES = {
    "pass_percent": gettext_lazy("Porcentaje para aprobar"),
    "pass_percent_each": gettext_lazy("Porcentaje en cada competencia"),
    "attempts": gettext_lazy("Intentos"),
    "wait_hours": gettext_lazy("Horas entre intentos"),
    "minutes": gettext_lazy("Minutos para responder"),
    "blueprint": gettext_lazy("Preguntas de la evaluación"),
    "require_all_lessons": gettext_lazy("Completar todas las lecciones"),
    "require_assessment": gettext_lazy("Aprobar la evaluación final"),
    "require_dilemmas": gettext_lazy("Dilemas que se piden"),
    "certificate_months": gettext_lazy("Vigencia del certificado, en meses"),
}
UNITS: dict[What, tuple[TagKind, str, Promise]] = {
    What.ADDED: ("info", "circle-dot", gettext_lazy("Nueva")),
    What.CHANGED: ("warn", "pen-line", gettext_lazy("Cambia")),
    What.REMOVED: ("mute", "circle-dashed", gettext_lazy("Se quita")),
}
MODES = {
    ReleaseChange.Mode.KEEP_ALL: gettext_lazy(
        "Todo sigue como está: quien va en la mitad termina lo que empezó y lee los textos mejorados; quien "
        "completó no tiene nada que hacer."
    ),
    ReleaseChange.Mode.NEW_ONLY: gettext_lazy(
        "Solo nuevas inscripciones: quien ya empezó sigue con los textos y las exigencias que tenía."
    ),
    ReleaseChange.Mode.DELTA: gettext_lazy(
        "Mostrar lo que cambió: además, quien completó ve solo lo que cambió y confirma que lo leyó."
    ),
}


@dataclass(frozen=True)
class UnitLine:
    title: str
    notice: Notice


@dataclass(frozen=True)
class RuleLine:
    label: str
    before: str
    after: str


def describe_units(changes: CourseChanges) -> list[UnitLine]:
    """Each lesson that changes, with what happens to it."""
    return [UnitLine(unit.title, _notice(unit.what)) for unit in changes.units]


def describe_rules(changes: CourseChanges) -> list[RuleLine]:
    """Each rule that changes, before and after."""
    return [
        RuleLine(str(RULES[rule.rule]), _spell(rule.before), _spell(rule.after)) for rule in changes.rules
    ]


def _notice(what: What) -> Notice:
    kind, icon, text = UNITS[what]
    return Notice(kind, icon, str(text))


def _spell(value: object) -> str:
    if value is None:
        return _("no había")
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    return str(value)

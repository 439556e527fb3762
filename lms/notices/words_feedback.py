"""What notices after a course say: what it is, how long it takes, who sees it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lms.feedback.selectors.reports import NewReports
from lms.notices.rules.kinds import Kind
from lms.notices.selectors.feedback import FollowUp
from lms.ui.spelling import spell_minutes


@dataclass(frozen=True)
class SaidFollowUp:
    """A follow-up in an e-mail. ``action``: on its button; ``why``: why it is sent."""

    title: str
    sentences: tuple[str, ...]
    action: str
    why: str


@dataclass(frozen=True)
class _Words:
    subject: Promise
    sentences: tuple[Promise, ...]
    action: Promise
    why: Promise
    recalled: Promise


_BECAUSE_COMPLETED = gettext_lazy("Te escribimos una vez porque completaste este curso.")
_WORDS = {
    Kind.RECALL: _Words(
        subject=gettext_lazy("¿Cuánto recuerdas? %(title)s"),
        sentences=(
            gettext_lazy("Hace dos semanas completaste este curso. ¿Qué recuerdas?"),
            gettext_lazy("Son cinco preguntas. Toman unos cinco minutos."),
            gettext_lazy("Es voluntario y no lleva nota. No guardamos lo que respondes tú."),
        ),
        action=gettext_lazy("Responder cinco preguntas"),
        why=_BECAUSE_COMPLETED,
        recalled=gettext_lazy("Cinco preguntas para recordar. Es voluntario."),
    ),
    Kind.LATER: _Words(
        subject=gettext_lazy("¿Te ha servido? %(title)s"),
        sentences=(
            gettext_lazy("Hace tres meses completaste este curso. ¿Te ha servido?"),
            gettext_lazy("Son pocas preguntas. Toman dos minutos."),
            gettext_lazy("Es voluntario y anónimo. Solo mostramos respuestas de cinco personas o más."),
        ),
        action=gettext_lazy("Dar mi opinión"),
        why=_BECAUSE_COMPLETED,
        recalled=gettext_lazy("Una encuesta anónima, a tres meses de completarlo."),
    ),
    Kind.CHANGED: _Words(
        subject=gettext_lazy("Cambió un curso que completaste: %(title)s"),
        sentences=(
            gettext_lazy("Este curso cambió después de que lo completaste."),
            gettext_lazy("Lee solo lo que cambió y confirma que lo leíste. Tu certificado sigue igual."),
        ),
        action=gettext_lazy("Leer lo que cambió"),
        why=gettext_lazy("Te escribimos porque completaste este curso."),
        recalled=gettext_lazy("Este curso cambió después de que lo completaste."),
    ),
    Kind.SETTLED: _Words(
        subject=gettext_lazy("Revisamos el error que avisaste: %(title)s"),
        sentences=(
            gettext_lazy("Alguien del equipo del curso revisó el error que avisaste en esta lección."),
        ),
        action=gettext_lazy("Leer la respuesta"),
        why=gettext_lazy("Te escribimos porque pediste saber qué pasó."),
        recalled=gettext_lazy("Revisaron el error que avisaste."),
    ),
}


def say_follow_up(*, follow_up: FollowUp) -> SaidFollowUp:
    words = _WORDS[follow_up.kind]
    sentences = [str(sentence) for sentence in words.sentences]
    if follow_up.minutes:
        sentences.append(_("Toma unos %(time)s.") % {"time": spell_minutes(minutes=follow_up.minutes)})
    return SaidFollowUp(follow_up.title, tuple(sentences), str(words.action), str(words.why))


def subject_of_follow_up(follow_up: FollowUp) -> str:
    return str(_WORDS[follow_up.kind].subject) % {"title": follow_up.title}


def subject_of_reports(reports: Sequence[NewReports]) -> str:
    count = sum(report.count for report in reports)
    return ngettext(
        "Avisaron de un error en un curso", "Avisaron de %(count)s errores en tus cursos", count
    ) % {"count": count}


def say_reports(*, reports: Sequence[NewReports]) -> list[str]:
    """``"Integridad en la función pública: 2 avisos"``."""
    return [
        _("%(course)s: %(reports)s")
        % {
            "course": " ".join(report.title.split()),
            "reports": ngettext("%(n)s aviso", "%(n)s avisos", report.count) % {"n": report.count},
        }
        for report in reports
    ]


def recall_feedback(kind: str) -> str:
    """What such a notice was about, in words that stay true afterwards."""
    if kind == Kind.REPORTS:
        return _("Avisaron de errores en tus cursos.")
    return str(_WORDS[Kind(kind)].recalled)

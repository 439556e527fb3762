"""Figures of questions in words: what an author can do."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.quizzes.models import Question
from courses.quizzes.rules import QuestionKind, QuestionSpec
from courses.quizzes.rules.analysis import Advice, AssessmentFigures, ItemFigures
from lms.progress.models import AttemptSign
from lms.progress.rules.signs import Sign
from lms.ui.components import Notice

ADVICE: dict[Advice, Promise] = {
    Advice.CHECK_KEY: gettext_lazy(
        "Quienes más saben la responden peor que los demás: revisa cuál está marcada como correcta."
    ),
    Advice.TOO_HARD: gettext_lazy(
        "Casi nadie la acierta: aclara la pregunta, o revisa si la lección la enseña."
    ),
    Advice.TOO_EASY: gettext_lazy("Casi todas las personas la aciertan: no distingue a quien aprendió."),
    Advice.TELLS_LITTLE: gettext_lazy(
        "La aciertan casi por igual quienes saben y quienes no: aclara el caso o cambia las alternativas."
    ),
    Advice.UNUSED_OPTION: gettext_lazy(
        "Hay una alternativa que nadie elige: cámbiala por un error frecuente."
    ),
    Advice.TAKES_LONG: gettext_lazy("Toma el triple que las demás: acorta el texto."),
}
URGENT = frozenset({Advice.CHECK_KEY})


@dataclass(frozen=True)
class OptionLine:
    text: str
    is_correct: bool
    percent: int


@dataclass(frozen=True)
class QuestionLine:
    """A question with its figures; ``figures`` is None below 30 attempts."""

    key: str
    stem: str
    kind: str
    figures: ItemFigures | None
    advice: list[str]
    notice: Notice
    options: list[OptionLine]


def spell_points(*, points: int) -> str:
    """``"1 punto"``, ``"2 puntos"``."""
    return ngettext("%(n)d punto", "%(n)d puntos", points) % {"n": points}


def to_lines(
    *, questions: Mapping[str, QuestionSpec], figures: Mapping[str, ItemFigures]
) -> list[QuestionLine]:
    """Those to be looked at first, the others by key. No query."""
    lines = [_line(question, figures.get(key)) for key, question in sorted(questions.items())]
    return sorted(lines, key=lambda line: _rank(line.figures))


def describe_sign(*, sign: AttemptSign) -> str:
    """What is unusual, without a verdict."""
    text = (
        _("Aprobó y respondió %(count)d de %(total)d preguntas en menos de 5 segundos cada una.")
        if sign.sign == Sign.TOO_FAST
        else _("Otra persona dio, a la vez, las mismas respuestas a %(count)d de %(total)d preguntas.")
    )
    return text % {"count": sign.count, "total": sign.total}


def describe_reliability(figures: AssessmentFigures) -> str:
    """What the reliability of the whole means."""
    if figures.reliability is None:
        return _("Todas las personas tuvieron casi el mismo resultado: no se puede decir cuánto mide.")
    if figures.is_reliable:
        return _("Suficiente: quien repita la evaluación tendrá un resultado parecido.")
    return _("Baja: parte del resultado es azar. Más preguntas, o preguntas más claras, la suben.")


def _line(question: QuestionSpec, figures: ItemFigures | None) -> QuestionLine:
    return QuestionLine(
        key=question.key,
        stem=question.stem,
        kind=str(Question.Kind(question.kind.value).label),
        figures=figures,
        advice=[str(ADVICE[advice]) for advice in figures.advice] if figures else [],
        notice=_notice(figures),
        options=_options(question, figures),
    )


def _notice(figures: ItemFigures | None) -> Notice:
    if figures is None:
        return Notice("mute", "circle-dashed", _("Pocos intentos"))
    if URGENT & set(figures.advice):
        return Notice("bad", "triangle-alert", _("Revisar la pauta"))
    if figures.advice:
        return Notice("warn", "circle-alert", _("Se puede mejorar"))
    return Notice("ok", "circle-check", _("Mide bien"))


def _options(question: QuestionSpec, figures: ItemFigures | None) -> list[OptionLine]:
    if figures is None or not figures.options:
        return []
    is_picture = question.kind == QuestionKind.HOTSPOT
    texts = (
        [area.label for area in question.body.areas]
        if is_picture
        else [o.text for o in question.body.options]
    )
    right = [item.correct for item in (question.body.areas if is_picture else question.body.options)]
    return [
        OptionLine(texts[use.number], right[use.number], round(use.share * 100)) for use in figures.options
    ]


def _rank(figures: ItemFigures | None) -> int:
    if figures is None:
        return 3
    if URGENT & set(figures.advice):
        return 0
    return 1 if figures.advice else 2

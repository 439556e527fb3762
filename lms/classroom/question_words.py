"""A question as the person who asked it reads it: its state, and who wrote what in which order."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.progress.models import QuestionAnswer, RecordQuestion
from lms.ui.components import Notice, TagKind

_STATES: dict[str, tuple[TagKind, str, Promise]] = {
    RecordQuestion.State.OPEN: ("info", "hourglass", gettext_lazy("Esperando respuesta")),
    RecordQuestion.State.ANSWERED: ("mute", "message-square-text", gettext_lazy("Respondida")),
    RecordQuestion.State.CORRECTED: ("ok", "circle-check", gettext_lazy("Corregida")),
    RecordQuestion.State.WITHDRAWN: ("mute", "ban", gettext_lazy("Retirada")),
}


@dataclass(frozen=True)
class Turn:
    """Something written. ``role``: of who answered, empty for the person; ``done``: what was corrected."""

    at: datetime
    text: str
    role: str = ""
    done: str = ""


def state_of(question: RecordQuestion) -> Notice:
    """Its state as a tag."""
    kind, icon, word = _STATES[question.state]
    return Notice(kind, icon, str(word))


def turns_of(question: RecordQuestion) -> list[Turn]:
    """All that was written, in order. One query, or none where the answers were fetched."""
    turns = [Turn(question.asked_at, question.text)]
    if question.replied_at:
        turns.append(Turn(question.replied_at, question.reply))
    turns += [
        Turn(answer.answered_at, answer.text, str(answer.get_role_display()), _done(answer))
        for answer in question.answers.all()
    ]
    return sorted(turns, key=lambda turn: turn.at)


def _done(answer: QuestionAnswer) -> str:
    if answer.void_id:
        return _("Tu registro fue corregido")
    if answer.evidence_id:
        return _("Te acreditaron el curso")
    return _("Te eximieron") if answer.exemption_id else ""

"""A question as a form: what each kind's template needs, made of what a browser may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from courses.quizzes.rules import QuestionKind, ShownQuestion, Words
from courses.quizzes.rules.kinds.hotspot import ShownHotspot
from courses.quizzes.rules.kinds.matching import ShownMatching
from courses.quizzes.rules.kinds.ordering import ShownOrdering
from courses.quizzes.rules.kinds.parts import ShownCase, ShownCloze, ShownPart

ALIKE = {QuestionKind.SINGLE: "choice", QuestionKind.MULTIPLE: "choice", QuestionKind.JUDGEMENT: "choice"}


def own_words() -> Words:
    """The platform's words in an answer told, in the reader's language."""
    return Words(true=_("Verdadero"), false=_("Falso"))


@dataclass(frozen=True)
class Inputs:
    """``template`` shows ``shown`` with ``filled`` in fields called ``name`` or that begin so.

    ``rows``: what is shown beside what is filled, where a kind has many of both. ``number``: of a part,
    from 1.
    """

    template: str
    kind: QuestionKind
    name: str
    stem: str
    shown: Any
    filled: Any
    rows: Sequence[Any] = field(default_factory=tuple)
    image: Any = None
    number: int = 0


def read_pictures(questions: Iterable[ShownQuestion]) -> dict[int, Any]:
    """The pictures of the questions, by id. One query, none where they have none."""
    ids = {q.shown.image_id for q in questions if isinstance(q.shown, ShownHotspot)} - {None}
    found: dict[int, Any] = get_image_model().objects.in_bulk(ids) if ids else {}
    return found


def to_inputs(*, question: ShownQuestion, name: str, pictures: Mapping[int, Any]) -> Inputs:
    """The form of a question. No query."""
    inputs = _inputs(question.kind, name, question.stem, question.shown, question.filled)
    if isinstance(question.shown, ShownHotspot):
        return replace(inputs, image=pictures.get(question.shown.image_id or 0))
    return inputs


def _inputs(kind: QuestionKind, name: str, stem: str, shown: Any, filled: Any) -> Inputs:
    template = f"classroom/questions/{ALIKE.get(kind, kind)}.html"
    return Inputs(template, kind, name, stem, shown, filled, _rows(name, shown, filled))


def _rows(name: str, shown: Any, filled: Any) -> Sequence[Any]:
    if isinstance(shown, ShownMatching):
        return list(zip(shown.lefts, filled, strict=True))
    if isinstance(shown, ShownOrdering):
        return sorted(
            (
                Place(position, text, place)
                for position, (text, place) in enumerate(zip(shown.items, filled, strict=True))
            ),
            key=lambda row: row.place,
        )
    if isinstance(shown, ShownCase):
        return [_part(name, part, mine) for part, mine in zip(shown.parts, filled, strict=True)]
    if isinstance(shown, ShownCloze):
        return [
            piece if isinstance(piece, str) else _part(name, piece, filled[piece.number])
            for piece in shown.pieces
        ]
    return ()


@dataclass(frozen=True)
class Place:
    """A thing to put in order: its field is ``name-position``, its value the place, from 1."""

    position: int
    text: str
    place: int


def _part(name: str, part: ShownPart, filled: Any) -> Inputs:
    inputs = _inputs(part.kind, f"{name}-p{part.number}", part.stem, part.shown, filled)
    return replace(inputs, number=part.number + 1)

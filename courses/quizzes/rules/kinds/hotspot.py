"""Point at places of a picture, with a pointer or by their names."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from courses.quizzes.rules.kinds.base import (
    Answer,
    Fields,
    Flaw,
    Kind,
    Option,
    Order,
    Words,
)
from courses.quizzes.rules.kinds.choice import Choice, Multiple, Single


@dataclass(frozen=True)
class Area:
    """A rectangle, or the ellipse inside it, in per cent of the picture's width and height.

    ``label`` names it without telling whether it is right: who uses no pointer chooses by it.
    """

    label: str
    x: float
    y: float
    width: float
    height: float
    correct: bool
    feedback: str = ""
    is_round: bool = False

    @property
    def is_inside(self) -> bool:
        is_there = self.x >= 0 and self.y >= 0 and self.width > 0 and self.height > 0
        return is_there and self.x + self.width <= 100 and self.y + self.height <= 100


@dataclass(frozen=True)
class Hotspot:
    """``image_id``: of the platform's pictures. ``alt``: what is to be seen, for who does not see it."""

    image_id: int | None
    alt: str
    areas: tuple[Area, ...]
    is_many: bool = False


@dataclass(frozen=True)
class ShownArea:
    label: str
    x: float
    y: float
    width: float
    height: float
    is_round: bool

    @property
    def half_width(self) -> float:
        return self.width / 2

    @property
    def half_height(self) -> float:
        return self.height / 2

    @property
    def middle_x(self) -> float:
        return self.x + self.half_width

    @property
    def middle_y(self) -> float:
        return self.y + self.half_height


@dataclass(frozen=True)
class ShownHotspot:
    image_id: int | None
    alt: str
    areas: tuple[ShownArea, ...]
    is_many: bool


class HotspotKind(Kind[Hotspot]):
    """Answers are sorted indexes of the chosen areas. Graded as a choice of one or of several."""

    body_type = Hotspot

    def flaws(self, body: Hotspot) -> Iterator[Flaw]:
        yield from _kind(body).flaws(_choice(body))
        if body.image_id is None or not body.alt.strip():
            yield Flaw.NO_IMAGE
        if any(not area.is_inside for area in body.areas):
            yield Flaw.BAD_AREA
        if any(not area.label.strip() for area in body.areas):
            yield Flaw.NO_LABEL

    def draw_order(self, body: Hotspot, chance: Random) -> Order:
        """From top to bottom: whoever goes through them by keyboard follows the picture."""
        places = [(area.y, area.x, index) for index, area in enumerate(body.areas)]
        return [index for _y, _x, index in sorted(places)]

    def show(self, body: Hotspot, order: Order) -> ShownHotspot:
        areas = (body.areas[index] for index in order)
        shown = tuple(ShownArea(a.label, a.x, a.y, a.width, a.height, a.is_round) for a in areas)
        return ShownHotspot(body.image_id, body.alt, shown, body.is_many)

    def read(self, body: Hotspot, order: Order, fields: Fields, name: str) -> Answer:
        return _kind(body).read(_choice(body), order, fields, name)

    def fill(self, body: Hotspot, order: Order, answer: Answer) -> list[int]:
        return _kind(body).fill(_choice(body), order, answer)

    def check(self, body: Hotspot, answer: Answer) -> Answer:
        return _kind(body).check(_choice(body), answer)

    def grade(self, body: Hotspot, answer: Answer) -> Fraction:
        return _kind(body).grade(_choice(body), answer)

    def solve(self, body: Hotspot) -> Answer:
        return _kind(body).solve(_choice(body))

    def feedback(self, body: Hotspot, answer: Answer) -> list[str]:
        return _kind(body).feedback(_choice(body), answer)

    def tell(self, body: Hotspot, answer: Answer, words: Words) -> str:
        return _kind(body).tell(_choice(body), answer, words)


def _kind(body: Hotspot) -> Single | Multiple:
    return Multiple() if body.is_many else Single()


def _choice(body: Hotspot) -> Choice:
    return Choice(tuple(Option(area.label, area.correct, area.feedback) for area in body.areas))

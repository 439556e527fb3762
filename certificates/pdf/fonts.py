"""The three weights of the typeface, which letters they have, and how text is fitted to a width."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

ASSETS = Path(__file__).resolve().parent.parent / "assets"
REGULAR, SEMIBOLD, BOLD = "Atkinson-400", "Atkinson-600", "Atkinson-700"
FONT_FILES = {
    REGULAR: "AtkinsonHyperlegibleNext-400.ttf",
    SEMIBOLD: "AtkinsonHyperlegibleNext-600.ttf",
    BOLD: "AtkinsonHyperlegibleNext-700.ttf",
}
SIZE_STEP = 0.1


class CertificateTextError(ValueError):
    """A text cannot be printed; the message says which letters, or that it is too long."""


class CertificateNameError(CertificateTextError):
    """The person's name cannot be printed as it is written."""


@dataclass(frozen=True)
class Fitted:
    """Lines of a text and the size, in millimetres, at which each fits its width."""

    size: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """A number of lines and the sizes allowed in them, in millimetres."""

    largest: float
    smallest: float
    lines: int = 1

    def sizes(self) -> list[float]:
        """From the largest down."""
        steps = round((self.largest - self.smallest) / SIZE_STEP)
        return [round(self.largest - step * SIZE_STEP, 2) for step in range(steps + 1)]


@cache
def register_fonts() -> frozenset[int]:
    """Registers the typeface once a process; answers the code points that every weight has."""
    fonts = [TTFont(name, str(ASSETS / file), asciiReadable=False) for name, file in FONT_FILES.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


def missing_letters(text: str) -> list[str]:
    """Each letter of ``text`` that the typeface lacks, once, in order."""
    known = register_fonts()
    return [letter for letter in dict.fromkeys(text) if ord(letter) not in known]


def check_letters(text: str, error: type[CertificateTextError] = CertificateTextError) -> None:
    """Refuses what would print as boxes.

    Raises:
        CertificateTextError: or the class given; the message names the letters.
    """
    missing = missing_letters(text)
    if missing:
        raise error(
            _("«%(text)s» tiene letras que el certificado no puede imprimir: %(letters)s.")
            % {"text": text, "letters": ", ".join(missing)}
        )


def text_width(text: str, font: str, size: float) -> float:
    """Width in millimetres of one line set at ``size`` millimetres."""
    return float(pdfmetrics.stringWidth(text, font, size * mm)) / float(mm)


def fit(
    text: str, *rooms: Room, font: str, width: float, error: type[CertificateTextError] = CertificateTextError
) -> Fitted:
    """The first room that holds ``text`` in ``width`` millimetres, at the largest size it allows.

    Raises:
        CertificateTextError: or the class given, when no room does.
    """
    for room in rooms:
        for size in room.sizes():
            broken = simpleSplit(text, font, size * mm, width * mm)
            if len(broken) <= room.lines and all(text_width(line, font, size) <= width for line in broken):
                return Fitted(size, tuple(broken))
    raise error(_("«%(text)s» es demasiado largo para imprimirlo.") % {"text": text})

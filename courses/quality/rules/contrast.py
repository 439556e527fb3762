"""Colours that somebody set in a text by hand, which only imported text has.

The colours of the site itself are tokens, measured by the browser tests of each page. What a
picture shows cannot be measured here.
"""

import re
from collections.abc import Iterator

from courses.quality.rules.findings import Data, Finding, Rule
from courses.quality.rules.snapshot import CourseText, LessonText

LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3, for text of ordinary size."""

PAPER, INK = (255, 255, 255), (0, 0, 0)
"""What stands for the colour that the style leaves to the site."""

Colour = tuple[int, int, int]

_NAMED: dict[str, Colour] = {
    "black": (0, 0, 0), "silver": (192, 192, 192), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "white": (255, 255, 255), "maroon": (128, 0, 0), "red": (255, 0, 0), "purple": (128, 0, 128),
    "fuchsia": (255, 0, 255), "green": (0, 128, 0), "lime": (0, 255, 0), "olive": (128, 128, 0),
    "yellow": (255, 255, 0), "navy": (0, 0, 128), "blue": (0, 0, 255), "teal": (0, 128, 128),
    "aqua": (0, 255, 255), "orange": (255, 165, 0),
}  # fmt: skip
_DECLARATION = re.compile(r"(?:^|;)\s*(color|background(?:-color)?)\s*:\s*([^;]+)", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", re.IGNORECASE)


def check_contrast(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """Text stands out from what is behind it (WCAG 2.2, 1.4.3)."""
    for block in lesson.blocks:
        for element in block.rich.coloured:
            ratio = contrast_of(element.style)
            if element.text and ratio is not None and ratio < LEAST_CONTRAST:
                data: Data = {"text": element.text[:80], "ratio": round(ratio, 1), "limit": LEAST_CONTRAST}
                yield Finding(Rule.CONTRAST_LOW, lesson.key, block.id, element.style, data)


def contrast_of(style: str) -> float | None:
    """The contrast ratio, 1 to 21, of a style's colours; ``None`` where it sets none that we can read."""
    found = {
        "color" if name.lower() == "color" else "background": _read(value)
        for name, value in _DECLARATION.findall(style)
    }
    ink, paper = found.get("color"), found.get("background")
    if ink is None and paper is None:
        return None
    light, dark = sorted((_luminance(ink or INK), _luminance(paper or PAPER)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _read(value: str) -> Colour | None:
    if match := _HEX.search(value):
        digits = match[1] if len(match[1]) == 6 else "".join(2 * digit for digit in match[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if match := _RGB.search(value):
        return min(int(match[1]), 255), min(int(match[2]), 255), min(int(match[3]), 255)
    return _NAMED.get(value.strip().lower())


def _luminance(colour: Colour) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [channel / 255 for channel in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

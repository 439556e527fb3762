"""Words without what people spell differently, and without what nobody sees."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_MANY_LINES = re.compile(r"\n{3,}")
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "\n"))
JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Format characters that pictures and some scripts are written with."""
_BLANKS = "\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}\N{HALFWIDTH HANGUL FILLER}"
_BLANKS += "\N{BRAILLE PATTERN BLANK}"
"""Letters and signs that are drawn as nothing."""


def plain_words(text: str) -> str:
    """``"  Calidad  JURÍDICA:"`` → ``"calidad juridica"``: lower case, no accents, single spaces."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", text).strip().casefold()


def clean_text(text: str) -> str:
    """Line ends alike, at most one empty line, nothing invisible that turns or hides letters.

    Empty where no letter can be seen: so that "required" means that something was written.
    """
    text = text.replace("\r\n", "\n").translate(_LINE_ENDS)
    text = "".join(_seen(letter) for letter in text)
    if not any(_is_drawn(letter) for letter in text):
        return ""
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", lines).strip()


def clean_line(text: str) -> str:
    """One line, single spaces, nothing invisible."""
    return " ".join(clean_text(text).split())


def _seen(letter: str) -> str:
    """The letter, if a reader sees it; a space for another kind of gap.

    Control and format characters are not seen, such as those that reverse the direction of writing.
    """
    if letter == "\n" or letter in JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs"):
        return letter
    return " " if letter.isspace() else ""


def _is_drawn(letter: str) -> bool:
    """Whether it leaves ink by itself: no gap, no joiner, no mark that needs a letter before it."""
    return letter not in _BLANKS and unicodedata.category(letter)[0] not in "CMZ"

"""What people write, made safe to keep and to show. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_NOT_OF_THE_LINK = ".,;:!?»”’*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_MANY_LINES = re.compile(r"\n{3,}")
_SPACES = str.maketrans({"\r": "\n", "\t": " ", "\N{LINE SEPARATOR}": "\n", "\N{PARAGRAPH SEPARATOR}": "\n"})
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
"""Format characters that pictures and some scripts are written with."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text; where ``is_link``, the text is the whole address that it leads to."""

    text: str
    is_link: bool = False


def clean_text(text: str) -> str:
    """Line ends alike, at most one empty line, nothing invisible that turns or hides letters."""
    text = text.replace("\r\n", "\n").translate(_SPACES)
    text = "".join(letter for letter in text if letter == "\n" or _is_visible(letter))
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    return _MANY_LINES.sub("\n\n", lines).strip()


def clean_line(text: str) -> str:
    """One line, single spaces, nothing invisible."""
    return " ".join(clean_text(text).split())


def _is_visible(letter: str) -> bool:
    """False for control and format characters, such as those that reverse the direction of writing."""
    return letter in _JOINERS or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")


def split_links(text: str) -> Iterator[Piece]:
    """The text in order, its http and https addresses apart; a closing full stop is not of the address."""
    end = 0
    for found in _LINK.finditer(text):
        address = _trim(found.group())
        if "://" not in address or address.endswith("://"):
            continue
        if found.start() > end:
            yield Piece(text[end : found.start()])
        yield Piece(address, is_link=True)
        end = found.start() + len(address)
    if end < len(text):
        yield Piece(text[end:])


def _trim(address: str) -> str:
    while address:
        last = address[-1]
        opener = _BRACKETS.get(last)
        if last in _NOT_OF_THE_LINK or (opener and address.count(last) > address.count(opener)):
            address = address[:-1]
        else:
            break
    return address

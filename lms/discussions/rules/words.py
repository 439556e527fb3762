"""Addresses in what people write. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINK = re.compile(r"https?://[^\s<>\"'`\\]+", re.IGNORECASE)
_NOT_OF_THE_LINK = ".,;:!?»”’*_"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; where ``is_link``, the text is the whole address that it leads to."""

    text: str
    is_link: bool = False


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

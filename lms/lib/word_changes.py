"""What changed between two texts, word by word, to be read by people. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\S+\s*|\s+")


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Piece:
    """A run of words. All but the new ones make the earlier text, all but the gone ones the later."""

    change: Change
    text: str

    @property
    def is_gone(self) -> bool:
        return self.change == Change.GONE

    @property
    def is_new(self) -> bool:
        return self.change == Change.NEW


def compare_words(*, before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; of a replaced run the gone words come first."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Change.SAME, "".join(old[i1:i2])))
            continue
        pieces += [Piece(Change.GONE, "".join(old[i1:i2]))] if i1 < i2 else []
        pieces += [Piece(Change.NEW, "".join(new[j1:j2]))] if j1 < j2 else []
    return tuple(pieces)

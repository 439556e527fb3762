"""A GIFT file cut into its questions, with the characters that were escaped out of the way.

In GIFT a backslash takes its meaning from ``: # = { } ~``, and ``\\n`` is a new line. While a question is
read, such a character is a stand-in that no text has (a Unicode noncharacter); :func:`say` puts it back.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError

ESCAPED = {character: chr(0xFDD0 + place) for place, character in enumerate(":#={}~")} | {"n": "\ufdd6"}
MEANT = str.maketrans({stand_in: {"n": "\n"}.get(written, written) for written, stand_in in ESCAPED.items()})
STAND_INS = str.maketrans({chr(0xFDD0 + place): "\ufffd" for place in range(7)})
ESCAPE = re.compile(r"\\([\\:#={}~n])")
BRACE = re.compile(r"(?<!\\)[{}]")
CATEGORY = "$CATEGORY:"
COMMENT = "//"
LONGEST_LABEL = 300


@dataclass
class Block:
    """Lines between blank ones. ``notes``: its comments, where Moodle keeps a question's key and tags."""

    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All lines, with stand-ins."""
        return stand_in("\n".join(self.lines)).strip()

    @property
    def is_open(self) -> bool:
        """Whether an answer has begun and not ended."""
        return bool(self._braces) and self._braces[-1] == "{"

    @property
    def closes(self) -> bool:
        """Whether it begins inside an answer."""
        return self._braces[:1] == ["}"]

    @property
    def _braces(self) -> list[str]:
        return BRACE.findall("\n".join(self.lines))


def decode(data: bytes) -> str:
    """The text of a file.

    Raises:
        QuestionFileError: it is too large, no text, or not in UTF-8 (UTF-16 with its mark will do).
    """
    if len(data) > LARGEST_FILE:
        raise QuestionFileError(FileProblem.TOO_LARGE)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise QuestionFileError(FileProblem.BROKEN, data.count(b"\n", 0, error.start) + 1) from error
    if "\0" in text or text.lstrip().startswith(("<?xml", "<quiz", "PK\x03\x04", "%PDF")):
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(STAND_INS)


def split_blocks(text: str) -> Iterator[Block]:
    """The questions and categories of a file; an answer that goes on after a blank line is one."""
    whole = last = Block()
    for block in _split_at_blanks(text):
        if last.is_open and block.closes:
            whole.lines += block.lines
            whole.notes += block.notes
        else:
            yield from [whole] if whole.lines else []
            whole = Block(block.lines[:], block.notes[:])
        last = block
    yield from [whole] if whole.lines else []


def _split_at_blanks(text: str) -> Iterator[Block]:
    block = Block()
    for line in [*text.split("\n"), ""]:
        stripped = line.strip()
        if stripped.startswith(COMMENT):
            block.notes.append(stripped)
        elif stripped.startswith(CATEGORY):
            yield from [block] if block.lines else []
            yield Block([stripped])
            block = Block()
        elif stripped:
            block.lines.append(line)
        elif block.lines:
            yield block
            block = Block()


def find_notes(notes: Sequence[str], name: str) -> list[str]:
    """What comments such as ``// [id:int1-01] [tag:regalos]`` say under a name."""
    return [value for note in notes for value in _values_of(note, f"[{name}:")]


def _values_of(note: str, opening: str) -> Iterator[str]:
    for piece in note.split(opening)[1:]:
        value, closing, _ = piece[:LONGEST_LABEL].partition("]")
        if closing:
            yield value.strip()


def stand_in(text: str) -> str:
    """A text as written, its escaped characters out of the way."""
    return ESCAPE.sub(lambda match: ESCAPED.get(match[1], "\\"), text)


def say(text: str) -> str:
    """The inverse: what the text says, without blanks around."""
    return text.translate(MEANT).strip()

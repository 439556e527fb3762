"""A zip, read without trust: nothing is written, nothing is unpacked that is not asked for."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError

MOST_ENTRIES = 5_000
LARGEST_UNPACKED = 100 * 1024 * 1024
LARGEST_ENTRY = 10 * 1024 * 1024
"""Of a file that is read; pictures and films are not."""
LARGEST_READ = 40 * 1024 * 1024
"""Of all that is read together."""
HIGHEST_RATIO = 200
SMALL = 256 * 1024
"""Below it, no ratio is suspicious."""
STEP = 64 * 1024
ENTRY_MARK = b"PK\x01\x02"
UNREADABLE = (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


class Archive:
    """The files of a zip by their names. ``read`` counts all that was unpacked."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            QuestionFileError: too large, hostile, or no zip.
        """
        if len(data) > LARGEST_FILE:
            raise QuestionFileError(FileProblem.TOO_LARGE)
        if data.count(ENTRY_MARK) > MOST_ENTRIES:  # before a list of them is made
            raise QuestionFileError(FileProblem.HOSTILE)
        self._zip = _open(data)
        self._entries = {entry.filename: entry for entry in self._zip.infolist() if not entry.is_dir()}
        self._unpacked = 0
        _check(self._zip.infolist())

    @property
    def names(self) -> list[str]:
        return list(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """A file that is there.

        Raises:
            QuestionFileError: ``HOSTILE`` where it grows beyond the limits, ``BROKEN`` where it cannot be
                unpacked.
        """
        entry = self._entries[name]
        if entry.flag_bits & 1 or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise QuestionFileError(FileProblem.BROKEN)
        try:
            return self._stream(entry)
        except UNREADABLE as error:
            raise QuestionFileError(FileProblem.BROKEN) from error

    def _stream(self, entry: ZipInfo) -> bytes:
        pieces, size = [], 0
        with self._zip.open(entry) as stream:
            while piece := stream.read(STEP):
                size += len(piece)
                self._unpacked += len(piece)
                if _is_bomb(size, entry.compress_size):
                    raise QuestionFileError(FileProblem.HOSTILE)
                if size > LARGEST_ENTRY or self._unpacked > LARGEST_READ:
                    raise QuestionFileError(FileProblem.TOO_LARGE)
                pieces.append(piece)
        return b"".join(pieces)


def is_safe_name(name: str) -> bool:
    """Whether it stays inside: no way up, no root, no drive, no backslash, no null byte."""
    return (
        not name.startswith("/")
        and not any(sign in name for sign in ("\\", "\0"))
        and ":" not in name.split("/")[0]
        and ".." not in name.split("/")
    )


def _open(data: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(data))
    except UNREADABLE as error:
        raise QuestionFileError(FileProblem.BROKEN) from error


def _check(entries: list[ZipInfo]) -> None:
    """By what the zip says of itself; where it lies, :meth:`Archive.read` finds out.

    ``orig_filename`` is the name as it was written: ``filename`` ends at a null byte.
    """
    names = [name for entry in entries for name in (entry.orig_filename, entry.filename)]
    if len(entries) > MOST_ENTRIES or not all(map(is_safe_name, names)):
        raise QuestionFileError(FileProblem.HOSTILE)
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise QuestionFileError(FileProblem.HOSTILE)
    if any(_is_bomb(entry.file_size, entry.compress_size) for entry in entries):
        raise QuestionFileError(FileProblem.HOSTILE)


def _is_bomb(size: int, packed: int) -> bool:
    return size > SMALL and size > HIGHEST_RATIO * max(packed, 1)

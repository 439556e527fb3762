"""The checked rows between preview and decision: compressed lines of JSON, written and read as a stream."""

import zlib
from collections.abc import Iterator

import msgspec

from lms.people.rosters.checking import RosterRow

_BLOCK = 65_536
_row_decoder = msgspec.json.Decoder(RosterRow)


class RowPacker:
    """Packs rows as they come; memory holds the compressed bytes only."""

    def __init__(self) -> None:
        self._compressor = zlib.compressobj(level=6)
        self._parts: list[bytes] = []

    def add(self, row: RosterRow) -> None:
        self._parts.append(self._compressor.compress(msgspec.json.encode(row) + b"\n"))

    def finish(self) -> bytes:
        """All rows; call once."""
        return b"".join([*self._parts, self._compressor.flush()])


def unpack_rows(packed: bytes | memoryview) -> Iterator[RosterRow]:
    """The rows of :class:`RowPacker`, in order."""
    decompressor = zlib.decompressobj()
    view = memoryview(packed)
    rest = b""
    for start in range(0, len(view), _BLOCK):
        *lines, rest = (rest + decompressor.decompress(view[start : start + _BLOCK])).split(b"\n")
        yield from map(_row_decoder.decode, lines)
    yield from map(_row_decoder.decode, filter(None, (rest + decompressor.flush()).split(b"\n")))

"""Reading multipart/mixed as it arrives (RFC 2046; xAPI-Communication 1.5.2): never whole in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser

from lms.xapi.rules.errors import InvalidValueError

_CHUNK = 64 * 1024
_LONGEST_HEADERS = 16 * 1024


@dataclass(frozen=True)
class Part:
    """The headers of one part and its bytes, to be read once, before the next part."""

    headers: Message
    chunks: Iterator[bytes]


def boundary_of(content_type: str) -> bytes:
    """The boundary that a Content-Type declares.

    Raises:
        InvalidValueError: it declares none.
    """
    message = Message()
    message["Content-Type"] = content_type
    boundary = message.get_param("boundary")
    if not isinstance(boundary, str) or not 1 <= len(boundary) <= 200:
        raise InvalidValueError("falta «boundary» en Content-Type")
    return boundary.encode("latin-1", "replace")


def iterate_parts(read: Callable[[int], bytes], *, boundary: bytes) -> Iterator[Part]:
    """The parts in order. Each must be read to its end before the next is asked for.

    Raises:
        InvalidValueError: it is not multipart, or it ends before its last boundary.
    """
    stream = _Stream(read)
    # The first boundary may stand at the very beginning, without a line break before it.
    stream.pending = b"\r\n"
    for _before in stream.until(b"\r\n--" + boundary):
        pass
    while True:
        tail = stream.take(2)
        if tail == b"--":
            return
        if tail != b"\r\n":
            # Spaces may follow a boundary.
            rest = (tail + stream.line()).strip()
            if rest:
                raise InvalidValueError("el cuerpo multipart está mal formado")
        yield Part(_headers(stream), stream.until(b"\r\n--" + boundary))


def _headers(stream: "_Stream") -> Message:
    text = b""
    while True:
        line = stream.line()
        if not line:
            return BytesHeaderParser().parsebytes(text)
        text += line + b"\r\n"
        if len(text) > _LONGEST_HEADERS:
            raise InvalidValueError("los encabezados de una parte son demasiado largos")


class _Stream:
    """Bytes that arrive, with the little that was read too far."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self.read = read
        self.pending = b""

    def more(self) -> None:
        chunk = self.read(_CHUNK)
        if not chunk:
            raise InvalidValueError("el cuerpo multipart termina antes de su último límite")
        self.pending += chunk

    def take(self, count: int) -> bytes:
        while len(self.pending) < count:
            self.more()
        taken, self.pending = self.pending[:count], self.pending[count:]
        return taken

    def line(self) -> bytes:
        while b"\r\n" not in self.pending:
            if len(self.pending) > _LONGEST_HEADERS:
                raise InvalidValueError("los encabezados de una parte son demasiado largos")
            self.more()
        line, self.pending = self.pending.split(b"\r\n", 1)
        return line

    def until(self, mark: bytes) -> Iterator[bytes]:
        """Everything before ``mark``, which is consumed."""
        while True:
            place = self.pending.find(mark)
            if place >= 0:
                before, self.pending = self.pending[:place], self.pending[place + len(mark) :]
                if before:
                    yield before
                return
            safe = len(self.pending) - len(mark)
            if safe > 0:
                before, self.pending = self.pending[:safe], self.pending[safe:]
                yield before
            self.more()

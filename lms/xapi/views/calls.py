"""A request to the record, in whichever of its two spellings (xAPI-Communication 1.2 and 1.3)."""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from socket import SHUT_RD
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.speakers import Speaker

LATEST_1, LATEST_2 = "1.0.3", "2.0.0"
BEFORE_1 = "0.95"
"""What a request without version header speaks: the header came with 1.0. It is refused as such."""
VERSIONS = ("1.0.0", "1.0.1", "1.0.2", LATEST_1, LATEST_2)
_VERSION_1 = re.compile(r"1\.0(\.[0-9]+)?").fullmatch
_VERSION_2 = re.compile(r"2\.0(\.[0-9]+)?").fullmatch
_PRINTABLE = re.compile(r"[ -~]{0,255}").fullmatch
_FORM = "application/x-www-form-urlencoded"
_FORM_HEADERS = {
    "Authorization": "authorization",
    "X-Experience-API-Version": "version",
    "Content-Type": "content_type",
    "If-Match": "if_match",
    "If-None-Match": "if_none_match",
    "Accept-Language": "accept_language",
    "Content-Length": "",
}
_CHUNK = 64 * 1024
_SLOWEST = 4 * 1024
"""Bytes per second, on average, after the first ``XAPI_READ_SECONDS``."""


class HttpError(Exception):
    """An answer other than success: its status, a sentence, and the path of the field if there is one."""

    def __init__(self, status: int, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.status, self.reason, self.path = status, reason, path


@dataclass
class Call:
    """What is asked, whatever the spelling. ``read`` gives the body piece by piece, once."""

    method: str
    params: dict[str, str]
    read: Callable[[int], bytes]
    authorization: str = ""
    version: str = ""
    content_type: str = ""
    if_match: str | None = None
    if_none_match: str | None = None
    accept_language: str = ""
    path: str = ""
    speaker: Speaker = field(init=False)

    @property
    def newer(self) -> bool:
        """True for xAPI 2.0 (IEEE 9274.1.1)."""
        return self.version.startswith("2.")

    @property
    def answer_version(self) -> str:
        return LATEST_2 if self.newer else LATEST_1

    @property
    def media_type(self) -> str:
        return self.content_type.split(";")[0].strip().lower()

    def body(self, *, limit: int | None = None) -> bytes:
        """The whole body.

        Raises:
            HttpError: 413, longer than ``limit`` or than the setting allows.
        """
        limit = limit or settings.XAPI_MAX_BODY
        parts, length = [], 0
        while chunk := self.read(_CHUNK):
            length += len(chunk)
            if length > limit:
                raise HttpError(413, f"El cuerpo puede tener hasta {limit} bytes.")
            parts.append(chunk)
        return b"".join(parts)

    def allow_only(self, *names: str) -> None:
        """Refuse parameters that the resource does not have; their case counts (1.0.3, 2.1.3.s1).

        Raises:
            HttpError: 400.
        """
        for name in self.params:
            if name not in names:
                raise HttpError(400, f"El parámetro «{name}» no existe en este recurso.", name)

    def need(self, name: str) -> str:
        """The parameter, not empty.

        Raises:
            HttpError: 400, absent.
        """
        value = self.params.get(name, "")
        if not value:
            raise HttpError(400, f"Falta el parámetro «{name}».", name)
        return value


def read_call(request: HttpRequest) -> Call:
    """The call in a request.

    Raises:
        HttpError: 400, it is spelt wrongly.
    """
    params = _pairs(request.META.get("QUERY_STRING", ""))
    call = Call(
        method=request.method or "",
        params=params,
        read=_reader(request),
        authorization=request.headers.get("Authorization", ""),
        version=request.headers.get("X-Experience-API-Version", "").strip(),
        content_type=request.META.get("CONTENT_TYPE", ""),
        if_match=request.headers.get("If-Match"),
        if_none_match=request.headers.get("If-None-Match"),
        accept_language=request.headers.get("Accept-Language", ""),
        path=request.path,
    )
    if "method" in params:
        call = _alternate(call)
    if not _PRINTABLE(call.content_type):
        raise HttpError(400, "Content-Type no es un tipo de contenido.")
    return call


def check_version(call: Call) -> None:
    """Only versions that exist and are known (xAPI-Communication 3.3; 2.0 differs by its rules).

    Raises:
        HttpError: 400.
    """
    if not call.version:
        raise HttpError(400, "Falta el encabezado X-Experience-API-Version.")
    if not (_VERSION_1(call.version) or _VERSION_2(call.version)):
        raise HttpError(
            400, f"La versión «{call.version}» de xAPI no está disponible; hay {', '.join(VERSIONS)}."
        )


def _alternate(call: Call) -> Call:
    """A POST whose form holds the real request; only in 1.0.x (IEEE 9274.1.1 dropped it)."""
    if call.method != "POST" or set(call.params) != {"method"}:
        raise HttpError(
            400, "La sintaxis alternativa es un POST con «method» como único parámetro.", "method"
        )
    if _VERSION_2(call.version):
        raise HttpError(400, "xAPI 2.0 no tiene la sintaxis alternativa.", "method")
    if call.media_type != _FORM:
        raise HttpError(400, f"La sintaxis alternativa exige Content-Type {_FORM}.")
    try:
        form = _pairs(call.body().decode())
    except UnicodeDecodeError:
        raise HttpError(400, "El formulario no es UTF-8.") from None
    found = Call(method=call.params["method"], params={}, read=call.read, path=call.path)
    found.authorization, found.version = call.authorization, call.version
    found.accept_language = call.accept_language
    for name, value in form.items():
        if name in _FORM_HEADERS:
            if _FORM_HEADERS[name]:
                setattr(found, _FORM_HEADERS[name], value)
        elif name != "content":
            found.params[name] = value
    if _VERSION_2(found.version):
        raise HttpError(400, "xAPI 2.0 no tiene la sintaxis alternativa.", "method")
    if found.method in ("PUT", "POST"):
        if "content" not in form:
            raise HttpError(400, "Falta el campo «content» del formulario.", "content")
        found.content_type = found.content_type or "application/json"
    content = form.get("content", "").encode()
    found.read = _once(content)
    return found


def _once(content: bytes) -> Callable[[int], bytes]:
    rest = [content]

    def read(count: int) -> bytes:
        taken, rest[0] = rest[0][:count], rest[0][count:]
        return taken

    return read


def _pairs(text: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        raise HttpError(400, "Los parámetros no se pueden leer: deben ser UTF-8 y a lo más 100.") from None
    found = dict(pairs)
    if len(found) != len(pairs):
        raise HttpError(400, "Un parámetro aparece dos veces.")
    if any("\x00" in name or "\x00" in value for name, value in pairs):
        raise HttpError(400, "Un parámetro contiene el carácter NUL.")
    return found


def _reader(request: HttpRequest) -> Callable[[int], bytes]:
    """The body as it arrives. Whoever stops sending is not waited for without end."""
    socket = request.META.get("gunicorn.socket")
    if socket is not None:
        socket.settimeout(settings.XAPI_READ_SECONDS)
    chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    if chunked and request.META.get("wsgi.input_terminated"):
        source, expected = request.META["wsgi.input"].read, None
    else:
        source, expected = request.read, int(request.META.get("CONTENT_LENGTH") or 0)
    seen, begun = [0], time.monotonic()

    def read(count: int) -> bytes:
        try:
            chunk: bytes = source(count)
        except Exception:  # the server's own kinds: silence, a connection cut, a chunk badly written
            raise _incomplete(socket) from None
        seen[0] += len(chunk)
        if not chunk and expected is not None and seen[0] < expected:
            raise _incomplete(socket)
        if time.monotonic() - begun > settings.XAPI_READ_SECONDS + seen[0] / _SLOWEST:
            raise _incomplete(socket)
        return chunk

    return read


def _incomplete(socket: Any) -> HttpError:
    """Nothing more is read: the server would wait some seconds for the rest before it lets go."""
    if socket is not None:
        with suppress(OSError):
            socket.shutdown(SHUT_RD)
    return HttpError(400, "El cuerpo llegó incompleto o demasiado lento.")


def invalid(error: InvalidValueError) -> HttpError:
    """The answer to a value that breaks a rule."""
    return HttpError(400, error.reason, f"${error.path}")

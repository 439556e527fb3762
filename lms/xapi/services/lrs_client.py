"""Speaking to another LRS: a pool, timeouts, and a guard on where it goes.

tincan's own client opens a connection per call, has no timeout and parses what it sends, which
rewrites it; what leaves here is the text of the record.
"""

import base64
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import urllib3
from urllib3.exceptions import TimeoutError as TimeoutException

from lms.lib.addresses import PrivateAddressError
from lms.lib.guarded_http import CONNECT_SECONDS, guard

READ_SECONDS = 30.0
LONGEST_ANSWER = 1024 * 1024
VERSION = "1.0.3"
_FEW_DIGITS = re.compile(r"[0-9]{1,6}").fullmatch


@dataclass(frozen=True)
class Answer:
    """``retry_after``: seconds that the other side asks us to wait, if it does."""

    status: int
    text: str
    retry_after: int | None = None


class LrsClient:
    """One target. Connections are kept; redirects are not followed; nothing is tried twice here."""

    def __init__(self, *, endpoint: str, key: str, secret: str, private_allowed: bool) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._headers = {
            "X-Experience-API-Version": VERSION,
            "Authorization": f"Basic {base64.b64encode(f'{key}:{secret}'.encode()).decode()}",
        }
        self._manager = guard(
            urllib3.PoolManager(
                num_pools=1,
                maxsize=2,
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                retries=False,
            ),
            private_allowed=private_allowed,
        )

    def post_statements(self, content: bytes, *, content_type: str) -> Answer:
        """Send statements.

        Raises:
            urllib3.exceptions.HTTPError, OSError: no answer, or more than a megabyte of it.
        """
        return self._request("POST", "/statements", body=content, headers={"Content-Type": content_type})

    def check(self) -> Answer:
        """Ask for one statement: does the address answer, and does it know us?

        Raises:
            urllib3.exceptions.HTTPError, OSError: as ``post_statements``.
        """
        return self._request("GET", "/statements?limit=1", body=None, headers={})

    def close(self) -> None:
        """Close the connections."""
        self._manager.clear()

    def _request(self, method: str, path: str, *, body: bytes | None, headers: dict[str, str]) -> Answer:
        answer = self._manager.request(
            method,
            self._endpoint + path,
            body=body,
            headers={**self._headers, **headers},
            redirect=False,
            preload_content=False,
        )
        try:
            data = _read(answer)
        except BaseException:
            answer.close()
            raise
        answer.release_conn()
        asked = answer.headers.get("Retry-After", "")
        wait = int(asked) if _FEW_DIGITS(asked) else None
        return Answer(answer.status, data.decode(errors="replace").replace("\x00", ""), wait)


def _read(answer: Any) -> bytes:
    """The whole answer, as long as it is short and comes in time."""
    data, begun = b"", time.monotonic()
    while chunk := answer.read1(64 * 1024):
        data += chunk
        if len(data) > LONGEST_ANSWER:
            raise OSError("la respuesta es demasiado larga")
        if time.monotonic() - begun > READ_SECONDS:
            raise OSError("la respuesta no termina")
    return data


def is_private(error: BaseException) -> bool:
    """Whether there was no answer because the address is one of an inner network."""
    return any(isinstance(cause, PrivateAddressError) for cause in _causes(error))


def explain(error: BaseException) -> str:
    """Why there was no answer, for whoever wrote the address."""
    causes = list(_causes(error))
    for kind, words in _EXPLANATIONS:
        if any(isinstance(cause, kind) for cause in causes):
            return f"No responde: {words}"
    return f"No responde: {str(error)[:300].rstrip('.')}."


_LATE = "no contestó a tiempo. Se intentará de nuevo."
_EXPLANATIONS: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateAddressError, "no es una dirección pública, y a la red interna no se envía."),
    (socket.gaierror, "no se encuentra ese servidor. Revisa cómo está escrita la dirección."),
    (ssl.SSLError, "su certificado no es válido, así que no se puede saber si es el servidor correcto."),
    (ConnectionRefusedError, "no acepta conexiones en ese puerto. Revisa la dirección."),
    (TimeoutError, _LATE),
    (TimeoutException, _LATE),
)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what it was made of: urllib3 wraps what the socket says."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        yield from (part for part in error.args if isinstance(part, BaseException))
        error = error.__cause__ or error.__context__

"""Asking an address whether it is still there."""

import ssl
from dataclasses import dataclass

import urllib3
from urllib3.util import Retry

from courses.quality.rules import LinkState
from lms.lib.addresses import PrivateAddressError
from lms.lib.guarded_http import CONNECT_SECONDS, guard

READ_SECONDS = 10.0
MOST_REDIRECTS = 5
HEADERS = {"User-Agent": "AulaAbierta/1 (revision de enlaces)", "Accept": "text/html,*/*;q=0.8"}

GONE = frozenset({404, 410})
NOT_FOR_PROGRAMS = frozenset({401, 403, 405, 406, 429})
"""The page may well be there: the site does not let a program read it."""


@dataclass(frozen=True)
class Answer:
    """``status``: of HTTP, where there was an answer."""

    state: LinkState
    status: int | None = None


class LinkAsker:
    """Follows redirects, each under the same guard; reads no content; tries nothing twice."""

    def __init__(self, *, private_allowed: bool = False) -> None:
        self._manager = guard(
            urllib3.PoolManager(
                timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
                retries=Retry(total=MOST_REDIRECTS, redirect=MOST_REDIRECTS, connect=0, read=0, other=0),
                headers=HEADERS,
            ),
            private_allowed=private_allowed,
        )

    def ask(self, url: str) -> Answer:
        """What the address answers now. An address of an inner network is not asked: it stays unknown."""
        try:
            answer = self._manager.request("GET", url, preload_content=False)
        except (urllib3.exceptions.HTTPError, ssl.SSLError, OSError, ValueError) as error:
            return Answer(LinkState.UNKNOWN if _is_private(error) else LinkState.FAILS)
        answer.close()
        return Answer(_judge(answer.status), answer.status)

    def close(self) -> None:
        """Close the connections."""
        self._manager.clear()


def _judge(status: int) -> LinkState:
    if status in GONE:
        return LinkState.GONE
    if status in NOT_FOR_PROGRAMS:
        return LinkState.UNKNOWN
    return LinkState.WORKS if status < 400 else LinkState.FAILS


def _is_private(error: BaseException | None) -> bool:
    """urllib3 wraps what the socket says, some of it as an argument."""
    while error is not None:
        parts = (error, getattr(error, "reason", None), *error.args)
        if any(isinstance(part, PrivateAddressError) for part in parts):
            return True
        error = error.__cause__ or error.__context__
    return False

"""A brake on guessing: failed questions are counted by client network, by code and in all.

Counts live in the cache by fixed windows. Questions that find a certificate are never counted.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE, HOUR = 60, 3600
IPV4_PREFIX, IPV6_PREFIX = 24, 64
# A flood from one network must not silence the answers to all the others.
ALL_CLIENTS_FACTOR = 10
WRONG_NAMES_PER_HOUR = 5


@dataclass(frozen=True)
class Brake:
    """Whether to refuse, and after how many seconds to try again."""

    is_on: bool
    retry_after: int = 0


@dataclass(frozen=True)
class _Counter:
    name: str
    limit: int
    window: int

    def key(self, at: datetime) -> str:
        digest = salted_hmac("certificates.misses", self.name, algorithm="sha256").hexdigest()
        return f"certificates:misses:{digest}:{int(at.timestamp()) // self.window}"

    def add(self, at: datetime) -> None:
        key = self.key(at)
        cache.add(key, 0, timeout=2 * self.window)
        try:
            cache.incr(key)
        except ValueError:  # the cache dropped it in between
            cache.set(key, 1, timeout=2 * self.window)

    def brake(self, at: datetime) -> Brake:
        count = cache.get(self.key(at), 0)
        if count < self.limit:
            return Brake(False)
        return Brake(True, self.window - int(at.timestamp()) % self.window)


def count_unknown_code(*, client: str, at: datetime) -> Brake:
    """Counts one bad or unknown code; the brake is on when the limit had been reached before."""
    brake = _longest([counter.brake(at) for counter in _general(client)])
    for counter in _general(client):
        counter.add(at)
    return brake


def name_brake(*, client: str, code: str, at: datetime) -> Brake:
    """Asked before a name is compared, so that further guesses learn nothing."""
    return _longest([counter.brake(at) for counter in (*_general(client), _names_of(code))])


def count_wrong_name(*, client: str, code: str, at: datetime) -> None:
    """Counts one name that does not match."""
    for counter in (*_general(client), _names_of(code)):
        counter.add(at)


def client_network(request: HttpRequest) -> str:
    """``203.0.113.0/24`` or ``2001:db8::/64``; ``unknown`` where there is no address.

    The address is that of the connection, or the one that our own proxies added to
    ``X-Forwarded-For``: the n-th from the right, n = ``ALLAUTH_TRUSTED_PROXY_COUNT``.
    """
    try:
        address = ipaddress.ip_address(_client_address(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        address = address.ipv4_mapped
    prefix = IPV4_PREFIX if address.version == 4 else IPV6_PREFIX
    return str(ipaddress.ip_network((str(address), prefix), strict=False))


def _client_address(request: HttpRequest) -> str:
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(forwarded) >= proxies and forwarded[-proxies]:
        return forwarded[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def _general(client: str) -> tuple[_Counter, _Counter]:
    limit = settings.VERIFICATION_MISSES_PER_MINUTE
    return _Counter(f"client {client}", limit, MINUTE), _Counter("all", limit * ALL_CLIENTS_FACTOR, MINUTE)


def _names_of(code: str) -> _Counter:
    return _Counter(f"names {code}", WRONG_NAMES_PER_HOUR, HOUR)


def _longest(brakes: list[Brake]) -> Brake:
    return max(brakes, key=lambda brake: brake.retry_after)

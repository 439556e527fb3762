"""Where our own requests may go: nowhere inside, unless told so."""

import ipaddress
import socket
from collections.abc import Iterator

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")


class PrivateAddressError(OSError):
    """The name leads to an address of this machine or of an inner network."""


def is_public(address: str) -> bool:
    """True for an address of the public Internet.

    Of IPv6 only global unicast (2000::/3) without the ranges that carry an IPv4 address of somebody's
    choice (6to4, Teredo); an IPv4 address written as IPv6 is judged by itself.
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found not in _GLOBAL_UNICAST or found.sixtofour is not None or found.teredo is not None:
            return False
    return found.is_global and not found.is_multicast


def open_socket(
    *, host: str, port: int, timeout: float | None, private_allowed: bool = False
) -> socket.socket:
    """A connection to the first address of ``host`` that may be reached and answers.

    The name is looked up once, and the very address that was judged is the one connected to: a name
    that changes between the two (DNS rebinding) changes nothing.

    Raises:
        PrivateAddressError: every address of the name is private.
        OSError: none answers.
    """
    last: OSError = PrivateAddressError(f"{host} no es una dirección pública")
    for family, kind, protocol, where in _addresses(host, port):
        if not private_allowed and not is_public(where[0]):
            continue
        found = socket.socket(family, kind, protocol)
        try:
            found.settimeout(timeout)
            found.connect(where)
        except OSError as error:
            found.close()
            last = error
            continue
        return found
    raise last


def _addresses(
    host: str, port: int
) -> Iterator[tuple[socket.AddressFamily, socket.SocketKind, int, tuple[str, int]]]:
    for family, kind, protocol, _name, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if family in (socket.AF_INET, socket.AF_INET6):
            yield family, kind, protocol, where  # type: ignore[misc]

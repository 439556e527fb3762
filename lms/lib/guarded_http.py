"""HTTP from our machine to addresses that somebody wrote: never into an inner network."""

from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from lms.lib.addresses import open_socket

CONNECT_SECONDS = 5.0


def guard(manager: urllib3.PoolManager, *, private_allowed: bool = False) -> urllib3.PoolManager:
    """The manager, every connection of which goes where ``open_socket`` allows; redirects too."""
    manager.pool_classes_by_scheme = _POOLS[private_allowed]
    return manager


def _pools(*, private_allowed: bool) -> dict[str, type[HTTPConnectionPool]]:
    """urllib3's two kinds of pool, with connections that ask ``open_socket`` for their way."""

    class Guarded(HTTPConnection):
        def _new_conn(self) -> Any:
            return open_socket(
                host=self._dns_host, port=self.port, timeout=CONNECT_SECONDS, private_allowed=private_allowed
            )

    class GuardedTls(Guarded, HTTPSConnection):
        pass

    class Pool(HTTPConnectionPool):
        ConnectionCls = Guarded

    class TlsPool(HTTPSConnectionPool):
        ConnectionCls = GuardedTls

    return {"http": Pool, "https": TlsPool}


_POOLS = {allowed: _pools(private_allowed=allowed) for allowed in (False, True)}

"""Pressing on the server and writing down what it did."""

from dataclasses import dataclass, field
from itertools import repeat

from tests.benchmarks.lrs.cases import reads
from tests.benchmarks.lrs.client import Connection, Load, first_of, press
from tests.benchmarks.lrs.samples import Samples

SIZES, CLIENTS = (1, 50, 500), (1, 4, 16)
READERS = 2
MOST_REQUESTS = 4000


@dataclass
class Measured:
    """``writes``: statements per second, p50 in ms and errors, by size of batch and clients. ``reads``: p50
    and p95 in ms and requests per second, by rows in the record and case. ``limits``: statements per
    second of the raw insert by size. ``floor``: requests per second by clients."""

    label: str
    writes: dict[tuple[int, int], tuple[float, float, int]] = field(default_factory=dict)
    reads: dict[int, dict[str, tuple[float, float, float]]] = field(default_factory=dict)
    limits: dict[int, float] = field(default_factory=dict)
    floor: dict[int, float] = field(default_factory=dict)
    sizes: str = ""
    peak_bytes: int = 0


def measure_writes(measured: Measured, port: int, credential: list[str], *, seconds: float) -> None:
    """Batches of each size with each number of clients, and the address that does nothing."""
    samples = Samples(learners=1000, seed=800_000 + port)
    for clients in CLIENTS:
        body = samples.text()
        floor = _press(port, credential, clients, "POST", repeat(("/xapi/nada", body)), seconds / 2)
        measured.floor[clients] = len(floor.seconds) / floor.wall
        for size in SIZES:
            count = min(MOST_REQUESTS, max(40, 60_000 // size))
            bodies = list(samples.batches(size=size, count=count))
            requests = (("/xapi/statements", body) for body in bodies)
            load = _press(port, credential, clients, "POST", requests, seconds)
            stored = (len(load.seconds) - sum(load.errors.values())) * size
            measured.writes[size, clients] = (
                stored / load.wall,
                load.percentile(0.5),
                sum(load.errors.values()),
            )


def measure_reads(measured: Measured, port: int, credential: list[str], *, rows: int, seconds: float) -> None:
    """Each filter with two clients, after a few requests that do not count."""
    connection = Connection(port=port, key=credential[0], secret=credential[1])
    _status, data = connection.request(
        "POST", "/xapi/statements", Samples(learners=1000, seed=10_000_000 + rows).text()
    )
    connection.close()
    cases = reads(learners=max(1000, rows // 100), known=first_of(data))
    found = measured.reads.setdefault(rows, {})
    for name, stream in cases.items():
        _press(port, credential, READERS, "GET", stream(), 0.5)
        load = _press(port, credential, READERS, "GET", stream(), seconds / 2)
        if load.errors:
            raise SystemExit(f"{name}: {load.errors}")
        found[name] = (load.percentile(0.5), load.percentile(0.95), len(load.seconds) / load.wall)


def _press(
    port: int, credential: list[str], clients: int, method: str, requests: object, seconds: float
) -> Load:
    connections = [Connection(port=port, key=credential[0], secret=credential[1]) for _ in range(clients)]
    try:
        return press(
            connections=connections,
            method=method,
            requests=iter(requests),  # type: ignore[call-overload]
            seconds=seconds,
        )
    finally:
        for connection in connections:
            connection.close()

"""What a request costs: queries, bytes, and processor time of the application and of its database."""

import os
import statistics
import time
from pathlib import Path

from django.db import connection
from django.test import Client

from tests.benchmarks.pages.figures import PageCost
from tests.queries import count_page_queries, read_page

WARM_UPS, REQUESTS = 20, 200


def measure_page(*, name: str, client: Client, address: str) -> PageCost:
    """The application's median and the database's mean: its clock ticks a hundred times a second."""
    for _ in range(WARM_UPS):
        read_page(client, address)
    queries = count_page_queries(client, address)
    html_bytes = len(client.get(address).content)
    before = _database_seconds()
    seconds = [_request(client, address) for _ in range(REQUESTS)]
    after = _database_seconds()
    spent = None if before is None or after is None else (after - before) * 1000 / REQUESTS
    return PageCost(name, queries, html_bytes, statistics.median(seconds) * 1000, spent)


def _request(client: Client, address: str) -> float:
    begun = time.process_time()
    read_page(client, address)
    return time.process_time() - begun


def _database_seconds() -> float | None:
    """Processor time so far of the server process behind our connection; ``None`` for SQLite."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = cursor.fetchone()[0]
    fields = Path(f"/proc/{number}/stat").read_text().rpartition(") ")[2].split()
    # utime and stime, the 14th and 15th field of proc_pid_stat(5); the name and the first two are cut off.
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

"""Counting what a piece of work asks the database."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def count_queries(action: Callable[[], object]) -> int:
    """The number of queries that the action makes."""
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


def count_page_queries(client: Client, address: str) -> int:
    """The number of queries of a page that answers 200, streamed to its end."""
    return count_queries(lambda: read_page(client, address))


def read_page(client: Client, address: str) -> None:
    """The whole answer, streamed or not."""
    response = client.get(address)
    assert response.status_code == 200
    if response.streaming:
        assert b"".join(response.streaming_content)

"""Guessed codes: who has to wait, for how long."""

from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.test import Client

from certificates import misses
from tests.certificates.samples import issue
from tests.certificates.verification import IN_2027, UNKNOWN, url_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.mark.parametrize("suffix", ["/", ".json"])
def test_too_many_misses_are_asked_to_wait(client: Client, settings: Any, suffix: str) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 3
    statuses = [client.get(f"/verificar/{UNKNOWN}{suffix}").status_code for _ in range(4)]
    response = client.get(f"/verificar/{UNKNOWN}{suffix}")
    assert statuses == [404, 404, 404, 429]
    assert response["Retry-After"] == "30"


def test_certificates_are_found_however_many_misses(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    certificate = issue()
    for _ in range(3):
        client.get(f"/verificar/{UNKNOWN}/")
    assert client.get(url_of(certificate)).status_code == 200
    assert client.get("/verificar/").status_code == 200


def test_misses_are_forgiven_a_minute_later(client: Client, settings: Any, now: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    client.get(f"/verificar/{UNKNOWN}/")
    assert client.get(f"/verificar/{UNKNOWN}/").status_code == 429
    now.return_value = IN_2027.replace(minute=1)
    assert client.get(f"/verificar/{UNKNOWN}/").status_code == 404


def test_misses_count_for_neighbours_and_not_for_others(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.113.5")
    assert client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.113.99").status_code == 429
    assert client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.114.5").status_code == 404


def test_misses_of_all_clients_together_have_a_limit_too(client: Client, settings: Any) -> None:
    settings.VERIFICATION_MISSES_PER_MINUTE = 1
    for number in range(misses.ALL_CLIENTS_FACTOR):
        client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR=f"203.0.{number}.5")
    assert client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="198.51.100.7").status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "connection", "network"),
    [
        (0, "198.51.100.7", "203.0.113.5", "203.0.113.0/24"),
        (1, "8.8.8.8, 198.51.100.7", "10.0.0.1", "198.51.100.0/24"),
        (2, "8.8.8.8, 198.51.100.7, 10.0.0.2", "10.0.0.1", "198.51.100.0/24"),
        (2, "198.51.100.7", "203.0.113.5", "203.0.113.0/24"),
        (0, "", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        (0, "", "::ffff:203.0.113.5", "203.0.113.0/24"),
        (1, "not an address", "203.0.113.5", "unknown"),
        (0, "", "", "unknown"),
    ],
)
def test_client_is_known_by_what_our_own_proxies_say(
    rf: Any, settings: Any, proxies: int, forwarded: str, connection: str, network: str
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert misses.client_network(rf.get("/", REMOTE_ADDR=connection, headers=headers)) == network


def test_addresses_are_not_kept_in_clear(client: Client) -> None:
    with patch.object(cache, "add", wraps=cache.add) as add:
        client.get(f"/verificar/{UNKNOWN}/", REMOTE_ADDR="203.0.113.5")
    assert add.call_args_list
    assert "203.0" not in str(add.call_args_list)

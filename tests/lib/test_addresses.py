"""Our own requests go to the public Internet, or to inner addresses where that is allowed."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_socket import SocketConnectBlockedError

from lms.lib.addresses import PrivateAddressError, is_public, open_socket

PUBLIC = "93.184.215.14"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket of this machine that accepts connections."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        yield found


class Names:
    """Answers for host names: a list of addresses for the first question, the next list for the second."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *args: Any, **options: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        found = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]


@pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",  # carrier-grade NAT
        "100.127.255.254",
        "169.254.169.254",  # the metadata of a cloud machine
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "ff0e::1",
        "2001:db8::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "2002:a00:1::",  # 6to4 of 10.0.0.1
    ],
)
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["64:ff9b::a00:1", "::10.0.0.1", "fec0::1"])
def test_an_inner_address_in_an_outer_garment_is_not_public(address: str) -> None:
    """NAT64 (RFC 6052) and IPv4-compatible forms of 10.0.0.1; site-local (RFC 3879)."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "0.0.0.0", "::1"]
)
def test_no_spelling_of_this_machine_is_reached(host: str, listener: socket.socket) -> None:
    with pytest.raises(PrivateAddressError):
        open_socket(host=host, port=listener.getsockname()[1], timeout=2)
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_a_name_that_changes_its_address_is_asked_once(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names([PUBLIC], ["127.0.0.1"])
    monkeypatch.setattr(socket, "getaddrinfo", names)
    with pytest.warns(UserWarning, match=PUBLIC), pytest.raises(SocketConnectBlockedError):
        open_socket(host="cambia.example", port=listener.getsockname()[1], timeout=2)
    assert names.asked == ["cambia.example"]


def test_of_a_name_with_both_kinds_only_the_public_address_is_tried(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["127.0.0.1", PUBLIC, "10.0.0.1"]))
    with pytest.warns(UserWarning, match=PUBLIC), pytest.raises(SocketConnectBlockedError):
        open_socket(host="mixta.example", port=listener.getsockname()[1], timeout=2)


def test_the_refusal_names_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", Names(["10.0.0.1"]))
    with pytest.raises(PrivateAddressError, match=r"interna\.example"):
        open_socket(host="interna.example", port=80, timeout=2)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433"])
def test_where_it_is_allowed_an_inner_address_is_reached(host: str, listener: socket.socket) -> None:
    with open_socket(host=host, port=listener.getsockname()[1], timeout=2, private_allowed=True) as client:
        client.sendall(b"hola")
        there, _address = listener.accept()
        with there:
            assert there.recv(4) == b"hola"


def test_the_next_address_is_tried_where_one_does_not_answer(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = closed.getsockname()
    answers = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", where) for where in (nobody, listener.getsockname())
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: answers)
    with open_socket(host="dos.example", port=1, timeout=2, private_allowed=True) as client:
        assert client.getpeername() == listener.getsockname()


def test_where_nobody_answers_the_last_reason_is_given() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(ConnectionRefusedError):
        open_socket(host="127.0.0.1", port=port, timeout=2, private_allowed=True)


def test_the_connection_does_not_wait_longer_than_told(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with open_socket(host="127.0.0.1", port=port, timeout=0.01, private_allowed=True) as client:
        assert client.gettimeout() == 0.01
        with pytest.raises(TimeoutError):
            client.recv(1)

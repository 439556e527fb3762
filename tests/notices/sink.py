"""A real mail server on this machine that keeps what it is given, or refuses it as it is told."""

import asyncio
import socket
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[str], str | None]


class Received:
    """One e-mail as it came over the wire."""

    def __init__(self, envelope: Envelope) -> None:
        self.sender = str(envelope.mail_from)
        self.recipients = [str(one) for one in envelope.rcpt_tos]
        self.raw = bytes(envelope.content or b"")
        self.message: EmailMessage = message_from_bytes(self.raw, policy=default)  # type: ignore[assignment]

    def part(self, kind: str) -> str:
        """The text of ``text/plain`` or ``text/html``."""
        body = self.message.get_body(preferencelist=("plain" if kind == "text/plain" else "html",))
        assert body is not None and body.get_content_type() == kind
        return str(body.get_content())


class Sink:
    """``on_mail``, ``on_recipient`` and ``on_text`` answer with a reply line, or with nothing to accept.

    ``hang_up``: after taking the text, the connection is closed without an answer.
    """

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.on_mail: Answer = lambda sender: None
        self.on_recipient: Answer = lambda recipient: None
        self.on_text: Answer = lambda recipient: None
        self.hang_up = False
        self.silent = False
        self.connections = 0

    # The names are aiosmtpd's.
    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, name: str, replies: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = name
        if self.silent:
            await asyncio.sleep(5)
        return replies

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.on_mail(address)
        if refusal is None:
            envelope.mail_from = address
        return refusal or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refusal = self.on_recipient(address)
        if refusal is None:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        mail = Received(envelope)
        refusal = self.on_text(mail.recipients[0])
        if refusal is None:
            self.received.append(mail)
        if self.hang_up:
            server.transport.abort()
        return refusal or "250 OK"

    def to(self, address: str) -> list[Received]:
        return [mail for mail in self.received if mail.recipients == [address]]


def start_sink(sink: Sink) -> Controller:
    """A controller that runs; its ``port`` is free on this machine."""
    controller: Any = Controller(sink, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
    controller.start()
    return controller


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port

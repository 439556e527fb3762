"""Handing e-mails to the mail server, one connection for many.

With SMTP we talk to the server step by step, because it matters how far we came: before DATA
nothing was sent, and it can be tried again; once the text is under way a broken connection leaves
it open whether it arrived. Other backends (files, memory) just take the message.
"""

import smtplib
from types import TracebackType

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from lms.notices.rules.replies import Outcome, Reply, read_reply

_MAIL_OK, _RCPT_OK = {250}, {250, 251}
_BAD_MAILBOX = 553


class MailServerDownError(Exception):
    """The server cannot be reached, or takes nothing from us now. Notices wait."""


class Postbox:
    """``with Postbox() as box: box.hand_over(message)``.

    Raises:
        MailServerDownError: at the start.
    """

    def __init__(self) -> None:
        self._connection = get_connection()

    def __enter__(self) -> "Postbox":
        try:
            self._connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise MailServerDownError(type(error).__name__) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._connection.close()
        except (OSError, smtplib.SMTPException):
            return  # saying goodbye to a server that has gone

    def hand_over(self, message: EmailMessage) -> Reply:
        """What became of it."""
        if not isinstance(self._connection, EmailBackend):
            self._connection.send_messages([message])
            return Reply(Outcome.ACCEPTED)
        try:
            sender = sanitize_address(message.from_email, "utf-8")
            message.to[0].rpartition("@")[0].encode("ascii")  # what else there is, few servers take
            recipient = sanitize_address(message.to[0], "utf-8")
        except (ValueError, UnicodeError):
            return Reply(Outcome.REFUSED, _BAD_MAILBOX, "5.1.3", is_about_address=True)
        server = self._connection.connection
        if server is None:
            return Reply(Outcome.DOWN)
        content = message.message().as_bytes(linesep="\r\n")  # type: ignore[call-arg]
        return _talk(server, sender, recipient, content)


def _talk(server: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> Reply:
    try:
        server.ehlo_or_helo_if_needed()
        options = ["BODY=8BITMIME"] if server.has_extn("8bitmime") else []
        code, _text = server.mail(sender, options)
        if code not in _MAIL_OK:
            server.rset()
            return Reply(Outcome.DOWN, code)  # it takes no mail from us: nothing against this recipient
        code, text = server.rcpt(recipient)
        if code not in _RCPT_OK:
            reply = read_reply(code=code, text=_text_of(text), is_about_address=True)
            if not reply.ends_the_talk:
                server.rset()
            return reply
    except (OSError, smtplib.SMTPException):
        return Reply(Outcome.DOWN)
    return _send_text(server, content)


def _send_text(server: smtplib.SMTP, content: bytes) -> Reply:
    try:
        code, text = server.data(content)
        return read_reply(code=code, text=_text_of(text), is_about_address=False)
    except smtplib.SMTPDataError as error:
        text_of_error = _text_of(error.smtp_error)
        return read_reply(code=error.smtp_code, text=text_of_error, is_about_address=False)
    except (OSError, smtplib.SMTPException):
        return Reply(Outcome.UNCERTAIN)


def _text_of(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text

"""The settings of outgoing notices, read once at the door and passed down."""

from dataclasses import dataclass
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from lms.notices.rules.hours import Calendar
from lms.people.keys import secret_keys

DEFAULT = "*"


@dataclass(frozen=True)
class MailSettings:
    """``keys``: present and former secret keys. ``reply_to``: by institution code, ``*`` for all others.

    ``bounce_address`` empty: bounces go to the sender's address, and nobody can stop notices by e-mail.
    """

    site_url: str
    sender: str
    bounce_address: str
    reply_to: dict[str, str]
    per_minute: int
    calendar: Calendar
    keys: tuple[str, ...]

    @property
    def domain(self) -> str:
        return urlsplit(self.site_url).hostname or "localhost"

    def message_id(self, public_id: UUID) -> str:
        return f"<{public_id.hex}@{self.domain}>"

    def envelope_sender(self, public_id: UUID) -> str:
        """Where bounces of this e-mail go: an address of its own, so that none is mistaken (VERP)."""
        if not self.bounce_address:
            return parseaddr(self.sender)[1]
        return self._tagged(public_id.hex)

    def unsubscribe_address(self, public_id: UUID) -> str:
        return self._tagged(f"baja-{public_id.hex}") if self.bounce_address else ""

    def reply_address(self, institution_code: str) -> str:
        return self.reply_to.get(institution_code) or self.reply_to.get(DEFAULT, "")

    def _tagged(self, tag: str) -> str:
        local, _at, domain = self.bounce_address.rpartition("@")
        return f"{local}+{tag}@{domain}"


def read_mail_settings() -> MailSettings:
    """From Django's settings."""
    return MailSettings(
        site_url=settings.SITE_URL,
        sender=settings.DEFAULT_FROM_EMAIL,
        bounce_address=settings.BOUNCE_ADDRESS,
        reply_to=_by_code(settings.MAIL_REPLY_TO),
        per_minute=settings.MAIL_PER_MINUTE,
        calendar=Calendar(frozenset(settings.MAIL_HOLIDAYS)),
        keys=tuple(secret_keys()),
    )


def _by_code(entries: list[str]) -> dict[str, str]:
    """``["personas@gob.example", "AA900=rrhh@gob.example"]``."""
    found = {}
    for entry in entries:
        code, separator, address = entry.partition("=")
        found[code.strip() if separator else DEFAULT] = (address if separator else code).strip()
    return found

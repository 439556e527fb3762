"""Following commitments in tests: asking, confirming, and what the letters hold."""

import re
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage

from lms.lib.tokens import keyed_hash
from lms.notices.mail_settings import read_mail_settings
from lms.participation.models import Following, Letter
from lms.participation.sending import SendingReport, send_letters
from lms.participation.services.following import (
    ask_to_follow,
    confirm_following,
)
from lms.people.keys import secret_keys
from lms.plan.models import Commitment, PlanChange

FOLLOW = "/plan/plan/compromisos/11/seguir/"
NEIGHBOUR = "vecina@correo.example"


def send(at: datetime, **more: object) -> SendingReport:
    return send_letters(at=at, mail=replace(read_mail_settings(), **more))  # type: ignore[arg-type]


def change(commitment: Commitment, at: datetime, *, kind: str = "reported", label: str = "Hito 1") -> None:
    PlanChange.objects.create(
        plan=commitment.plan, commitment=commitment, subject="milestone", object_id=1, label=label,
        kind=kind, changed_at=at, version=1,
    )  # fmt: skip


def ask(commitment: Commitment, at: datetime, address: str = NEIGHBOUR) -> None:
    ask_to_follow(commitment_id=commitment.pk, address=address, language="es", keys=secret_keys(), at=at)


def follow(commitment: Commitment, at: datetime, address: str = NEIGHBOUR) -> Following:
    """Asked for and confirmed; the letter that asks is not sent."""
    ask(commitment, at, address)
    following = Following.objects.get(commitment=commitment, follower__address_hash=_hash(address))
    Letter.objects.filter(following=following).delete()
    confirm_following(public_id=following.public_id, at=at)
    return following


def _hash(address: str) -> str:
    return keyed_hash(address, purpose="seguir un compromiso", key=secret_keys()[0])


def link_in(message: EmailMessage, part: str) -> str:
    """The path of the first link with ``part`` in the plain text."""
    body = message.get_body(preferencelist=("plain",))
    assert body is not None
    found = re.search(rf"https://aula\.gob\.example(\S*{part}\S*)", body.get_content())
    assert found is not None
    return found[1]


def stop_path(message: EmailMessage) -> str:
    """Where one click stops it."""
    found = re.search(r"<https://aula\.gob\.example(/[^>]+)>", str(message["List-Unsubscribe"]))
    assert found is not None
    return found[1]

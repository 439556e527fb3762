"""Links by which people answer without logging in. Each opens one asking, once, and nothing else."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from lms.feedback.rules.askings import AskingKind

SALT = "lms.feedback.pregunta"
"""So that no other signed text of ours opens these pages."""

_PAGES = {AskingKind.RECALL: "classroom:recall", AskingKind.LATER: "classroom:later"}


def make_token(*, public_id: UUID) -> str:
    return signing.Signer(salt=SALT).sign(public_id.hex)


def read_token(token: str) -> UUID | None:
    """Which asking it opens; ``None`` where we did not make it. Former keys count too."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def answer_path(*, kind: str, public_id: UUID, course_code: str) -> str:
    """Where it is answered. The questionnaire at the end is answered by whoever is logged in."""
    if kind == AskingKind.END:
        return reverse("classroom:opinion", args=[course_code])
    return reverse(_PAGES[AskingKind(kind)], args=[course_code, make_token(public_id=public_id)])

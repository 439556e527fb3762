"""What ClaveÚnica answers, and what we keep of it. Pure.

Shapes from public integrations that cite its «Guía Técnica v5.5»: ``RolUnico{numero, DV, tipo}`` and
``name{nombres[], apellidos[]}``, whose lists may have any length. ``sub`` is not to be kept.
"""

from typing import Any

from lms.lib.run import InvalidRunError
from lms.people.accounts.openid.asking import ProviderAnswerError, tidy_name
from lms.people.services.identities import Identity, RunMark

PROVIDER = "clave_unica"


def to_identity(*, profile: dict[str, Any], key: str) -> Identity:
    """Who signed in. The RUN itself goes no further than here.

    Raises:
        ProviderAnswerError: no RUN, or one with a wrong check digit.
    """
    run = _read_run(profile.get("RolUnico"))
    try:
        mark = RunMark.of(run, key=key)
    except InvalidRunError:
        raise ProviderAnswerError("RolUnico: check digit") from None
    name = profile.get("name")
    names = name if isinstance(name, dict) else {}
    return Identity(
        provider=PROVIDER,
        uid=mark.fingerprint,
        given_names=_join(names.get("nombres")),
        family_names=_join(names.get("apellidos")),
        run=mark,
    )


def _read_run(role: Any) -> str:
    """``"44444444-4"``: the number came as a number or as text, the check digit in any case."""
    if not isinstance(role, dict) or role.get("tipo", "RUN") != "RUN":
        raise ProviderAnswerError("without RolUnico")
    number, digit = _plain(role.get("numero")), _plain(role.get("DV"))
    if not (number.isascii() and number.isdigit() and len(digit) == 1):
        raise ProviderAnswerError("RolUnico: form")
    return f"{number}-{digit}"


def _plain(value: Any) -> str:
    """A whole number or a text, as text; anything else as nothing."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _join(words: Any) -> str:
    """``["María", "del Carmen"]`` → ``"María del Carmen"``; nothing of what is no text."""
    texts = [word for word in words if isinstance(word, str)] if isinstance(words, list) else []
    return tidy_name(" ".join(texts))

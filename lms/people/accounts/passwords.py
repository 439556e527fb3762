"""Passwords that anybody in the building would guess first (ASVS 5.0, 6.2.11)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTEXT_WORDS = ("aulaabierta", "integridad", "probidad", "gobierno", "ministerio", "chile")


class ContextWordsValidator:
    """Refuses a password that is little more than a word of this platform's world."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError when fewer than eight letters remain without such a word."""
        bare = password.lower().replace(" ", "")
        rest = bare
        for word in CONTEXT_WORDS:
            rest = rest.replace(word, "")
        if rest != bare and len(rest) < 8:
            raise ValidationError(self.get_help_text(), code="password_context")

    def get_help_text(self) -> str:
        return _("No uses como contraseña palabras de este sitio o de tu institución.")

"""The sections of the site in the page header, and which one the visitor is in."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Current = Literal["", "page", "true"]


@dataclass(frozen=True)
class Section:
    """A word of the header. ``extra`` is only shown where there is room."""

    url: str
    label: Promise
    extra: Promise | str = ""


@dataclass(frozen=True)
class NavItem:
    """A section as drawn; ``current`` is the value of ``aria-current``."""

    section: Section
    current: Current


SECTIONS = (
    Section("/cursos/", _("Cursos")),
    Section("/talleres/", _("Talleres")),
    Section("/plan/", _("Plan"), _("de Acción")),
    Section("/verificar/", _("Verificar"), _("certificado")),
)


def current_of(*, url: str, path: str) -> Current:
    """``"page"`` on the address itself, ``"true"`` below it, else nothing."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) else ""


def list_sections(*, path: str) -> list[NavItem]:
    """The header's words for a visitor who is at ``path``."""
    return [NavItem(section, current_of(url=section.url, path=path)) for section in SECTIONS]

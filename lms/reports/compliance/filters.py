"""What HR asks for, read from the address so that any view is a link one can share."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from lms.people.models import Estamento, LegalQuality

STATES = (
    ("completed", _("Completado")),
    ("in_progress", _("En curso")),
    ("not_started", _("Sin iniciar")),
)


@dataclass(frozen=True)
class Filters:
    """An empty field filters nothing. Unknown values are dropped, never an error."""

    institution: str = ""
    course: str = ""
    unit: str = ""
    estamento: str = ""
    legal_quality: str = ""
    state: str = ""
    search: str = ""

    def query(self, **changes: str) -> str:
        """The filters as the query of an address."""
        names = {
            "institucion": self.institution,
            "curso": self.course,
            "unidad": self.unit,
            "estamento": self.estamento,
            "calidad": self.legal_quality,
            "estado": self.state,
            "q": self.search,
        } | changes
        return urlencode({name: value for name, value in names.items() if value})

    @property
    def narrowing(self) -> bool:
        """True when the list shows a part of the institution."""
        return any((self.unit, self.estamento, self.legal_quality, self.state, self.search))


def read_filters(data: Mapping[str, str]) -> Filters:
    """From ``request.GET``."""
    state = data.get("estado", "")
    estamento = data.get("estamento", "")
    quality = data.get("calidad", "")
    unit = data.get("unidad", "")
    return Filters(
        institution=data.get("institucion", "")[:40],
        course=data.get("curso", "")[:80],
        unit=unit if unit.isascii() and unit.isdigit() and len(unit) < 18 else "",
        estamento=estamento if estamento in Estamento.values else "",
        legal_quality=quality if quality in LegalQuality.values else "",
        state=state if state in dict(STATES) else "",
        search=data.get("q", "").replace("\x00", "").strip()[:80],
    )

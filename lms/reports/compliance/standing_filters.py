"""What is asked of the compliance pages, read from the address so that any view is a link one can share."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lms.people.models import Estamento, LegalQuality
from lms.progress.rules.timeline import Standing

STANDINGS: dict[str, tuple[object, frozenset[Standing]]] = {
    "atrasada": (_("Atrasada"), frozenset({Standing.LATE})),
    "sin-iniciar": (_("Sin iniciar"), frozenset({Standing.NOT_STARTED})),
    "en-curso": (_("En curso"), frozenset({Standing.IN_PROGRESS})),
    "por-vencer": (_("Por vencer"), frozenset({Standing.EXPIRING})),
    "completada": (_("Completada"), frozenset({Standing.DONE, Standing.EXPIRING})),
    "pendiente": (
        _("Todo lo pendiente"),
        frozenset({Standing.LATE, Standing.NOT_STARTED, Standing.IN_PROGRESS}),
    ),
    "con-permiso": (_("Con permiso"), frozenset({Standing.ON_LEAVE})),
    "eximida": (_("Eximida"), frozenset({Standing.EXEMPT})),
}
"""Words of the address, their label, and the standings they mean."""

ORDERS = {"nombre": _("Nombre"), "plazo": _("Plazo"), "unidad": _("Unidad")}
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class StandingFilters:
    """An empty field filters nothing. Unknown values are dropped, never an error.

    ``day``: as of which day; ``None`` is today. Days to come are allowed for nobody.
    """

    institution: str = ""
    requirement: str = ""
    unit: str = ""
    estamento: str = ""
    legal_quality: str = ""
    standing: str = ""
    search: str = ""
    order: str = ""
    day: date | None = None

    def query(self, **changes: str) -> str:
        """The filters as the query of an address; ``changes`` by the words of the address."""
        names = {
            "institucion": self.institution,
            "exigencia": self.requirement,
            "unidad": self.unit,
            "estamento": self.estamento,
            "calidad": self.legal_quality,
            "estado": self.standing,
            "q": self.search,
            "orden": self.order,
            "al": self.day.isoformat() if self.day else "",
        } | changes
        return urlencode({name: value for name, value in names.items() if value})

    @property
    def is_narrowing(self) -> bool:
        """True when the figures are of a part of the institution."""
        return any((self.unit, self.estamento, self.legal_quality))

    @property
    def standings(self) -> frozenset[Standing] | None:
        return STANDINGS[self.standing][1] if self.standing else None

    def whole(self) -> "StandingFilters":
        """The same institution, requirement and day, all people."""
        return replace(self, unit="", estamento="", legal_quality="", standing="", search="", order="")


def read_standing_filters(data: Mapping[str, str], *, today: date) -> StandingFilters:
    """From ``request.GET``."""
    return StandingFilters(
        institution=data.get("institucion", "")[:40],
        requirement=_uuid(data.get("exigencia", "")),
        unit=_number(data.get("unidad", "")),
        estamento=_known(data.get("estamento", ""), Estamento.values),
        legal_quality=_known(data.get("calidad", ""), LegalQuality.values),
        standing=_known(data.get("estado", ""), STANDINGS),
        search=data.get("q", "").replace("\x00", "").strip()[:80],
        order=_known(data.get("orden", ""), ORDERS),
        day=_past_day(data.get("al", ""), today),
    )


def _known(value: str, known: object) -> str:
    return value if value in known else ""  # type: ignore[operator]


def _number(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) < 18 else ""


def _uuid(value: str) -> str:
    try:
        return str(UUID(value))
    except ValueError:
        return ""


def _past_day(value: str, today: date) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if FIRST_DAY <= day < today else None

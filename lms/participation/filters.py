"""What visitors may ask of the register; a value that nobody offered counts as not asked."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lms.participation.models import Consultation
from lms.participation.models.contributions import SECTOR_CHOICES
from lms.participation.models.replies import VERDICT_CHOICES
from lms.participation.selectors.register import RegisterFilter
from lms.plan.models import Commitment
from lms.ui.components import Choice

NONE_YET = "sin-respuesta"
LONGEST_NUMBER = 9


def read_number(query: Mapping[str, str], name: str) -> int | None:
    """A whole number of at most nine digits; anything else is not asked."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def read_register_filter(query: Mapping[str, str]) -> RegisterFilter:
    """From an address."""
    verdict, sector = query.get("decision", ""), query.get("sector", "")
    return RegisterFilter(
        commitment=read_number(query, "compromiso"),
        consultation=read_number(query, "consulta"),
        verdict=verdict if verdict in dict(VERDICT_CHOICES) else "",
        sector=sector if sector in dict(SECTOR_CHOICES) else "",
        is_unanswered=verdict == NONE_YET,
    )


def register_query(wanted: RegisterFilter) -> str:
    """The address again, to hand the same to a file; empty where all is asked."""
    values = {
        "compromiso": wanted.commitment,
        "consulta": wanted.consultation,
        "decision": NONE_YET if wanted.is_unanswered else wanted.verdict,
        "sector": wanted.sector,
    }
    query = urlencode({name: value for name, value in values.items() if value})
    return f"?{query}" if query else ""


def register_choices(
    wanted: RegisterFilter, *, commitments: Sequence[Commitment], consultations: Sequence[Consultation]
) -> dict[str, list[Choice]]:
    """The options of each filter."""
    verdict = NONE_YET if wanted.is_unanswered else wanted.verdict
    return {
        "compromiso": _choices(
            _("Todos"),
            [(str(row.number), f"{row.number}. {row.title}"[:70]) for row in commitments],
            str(wanted.commitment or ""),
        ),
        "consulta": _choices(
            _("Todas"),
            [(str(row.pk), row.title[:70]) for row in consultations],
            str(wanted.consultation or ""),
        ),
        "decision": _choices(
            _("Todas"),
            [(NONE_YET, _("Sin respuesta")), *((value, str(text)) for value, text in VERDICT_CHOICES)],
            verdict,
        ),
        "sector": _choices(_("Todos"), [(value, str(text)) for value, text in SECTOR_CHOICES], wanted.sector),
    }


def _choices(every: str, options: Sequence[tuple[str, str]], chosen: str) -> list[Choice]:
    return [Choice(value, text, value == chosen) for value, text in [("", every), *options]]

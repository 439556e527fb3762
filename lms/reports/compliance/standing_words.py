"""What charts and buttons of the compliance pages say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lms.people.models import Estamento, LegalQuality, Unit
from lms.people.policy import Action, Viewer, has_any
from lms.reports.compliance.selectors_standing import Trend
from lms.reports.compliance.standing_filters import STANDINGS
from lms.reports.compliance.standing_scope import StandingScope
from lms.ui.spelling import spell_percent


@dataclass(frozen=True)
class BulkAction:
    """Something that can be done for the people selected; a POST to ``url``."""

    url: str
    icon: str
    text: str


def trend_labels(trend: Trend) -> list[str]:
    """Every other month, and the first and the last with its year."""
    last = len(trend.days) - 1
    return [_label(day, index, last) for index, day in enumerate(trend.days)]


def _label(day: date, index: int, last: int) -> str:
    if index in (0, last):
        return date_format(day, "M Y").lower()
    return date_format(day, "M").lower() if index % 2 == 0 and index < last - 1 else ""


def trend_sentence(trend: Trend, *, target: int) -> str:
    """The curve for those who do not see it."""
    known = [(day, rate) for day, rate in trend_rows(trend) if rate is not None]
    return _(
        "Porcentaje de personas que cumplen: de %(first)s el %(start)s a %(last)s el %(end)s. "
        "La meta es %(target)s."
    ) % {
        "first": spell_percent(percent=known[0][1]),
        "start": date_format(known[0][0], "j \\d\\e F \\d\\e Y"),
        "last": spell_percent(percent=known[-1][1]),
        "end": date_format(known[-1][0], "j \\d\\e F \\d\\e Y"),
        "target": spell_percent(percent=target),
    }


def trend_rows(trend: Trend) -> list[tuple[date, float | None]]:
    """Day and rate of each point."""
    return list(zip(trend.days, trend.total.points, strict=True))


def list_bulk_actions(*, viewer: Viewer) -> list[BulkAction]:
    """What the viewer may do for a selection."""
    actions = []
    if has_any(viewer=viewer, action=Action.REMIND_PEOPLE):
        actions.append(BulkAction(reverse("reports:notices_send"), "mail", _("Enviar recordatorio")))
    if has_any(viewer=viewer, action=Action.MANAGE_TRAINING):
        actions.append(BulkAction(reverse("reports:exempt"), "circle-dashed", _("Eximir")))
    return actions


def describe_filters(*, scope: StandingScope, units: Sequence[Unit]) -> list[str]:
    """The filters in words, for paper, where the form is not printed."""
    filters = scope.filters
    unit = next((one.name for one in units if str(one.pk) == filters.unit), "")
    words = [
        _("Unidad: %(unit)s") % {"unit": unit} if unit else "",
        str(Estamento(filters.estamento).label) if filters.estamento else "",
        str(LegalQuality(filters.legal_quality).label) if filters.legal_quality else "",
        str(STANDINGS[filters.standing][0]) if filters.standing else "",
        _("Nombre: %(text)s") % {"text": filters.search} if filters.search else "",
    ]
    return [word for word in words if word]

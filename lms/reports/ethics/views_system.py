"""The integrity system of an institution: its code, and every slot with its state."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.http import require_GET

from lms.integrity.models import Family
from lms.integrity.selectors.inserts import find_current_code
from lms.integrity.selectors.slots import SlotRow, list_slots
from lms.people.gate import not_allowed_is_404
from lms.people.models import Role
from lms.people.selectors.holders import Holders, read_holders
from lms.reports.ethics.ethics_door import enter
from lms.reports.ethics.slot_words import look_of
from lms.ui.components import Notice


@dataclass(frozen=True)
class SlotLine:
    """One slot in words. ``owner`` empty: the whole coordination keeps it."""

    slug: str
    label: str | Promise
    look: Notice
    review_by: date | None
    number: int
    owner: str


@dataclass(frozen=True)
class SlotGroup:
    """The slots of one family."""

    family: Family
    lines: list[SlotLine]


@require_GET
@not_allowed_is_404
def integrity_system(request: HttpRequest) -> HttpResponse:
    """One institution at a time."""
    door = enter(request)
    holders = read_holders(role=Role.INTEGRITY_COORDINATOR, at=door.at)
    rows = list_slots(institution_id=door.institution.pk, day=door.day)
    context = {
        "door": door,
        "code": find_current_code(institution_id=door.institution.pk),
        "groups": _group(rows, holders, door.institution.pk),
    }
    return render(request, "reports/integrity.html", context)


def _group(rows: Sequence[SlotRow], holders: Holders, institution_id: int) -> list[SlotGroup]:
    keepers = {holder.user_id: holder.name for holder in holders.everybody_of(institution_id)}
    return [
        SlotGroup(family, [_line(row, keepers) for row in rows if row.kind.family == family])
        for family in Family
    ]


def _line(row: SlotRow, keepers: dict[int, str]) -> SlotLine:
    version = row.version
    return SlotLine(
        slug=row.kind.slug,
        label=row.kind.label,
        look=look_of(row.state),
        review_by=version.review_by if version else None,
        number=version.number if version else 0,
        owner=keepers.get(version.owner_id or 0, "") if version else "",
    )

"""Writing what a sheet says into the open updates of its commitments."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from lms.plan.models import ProgressUpdate
from lms.plan.services.evidence import EvidenceValues, add_evidence
from lms.plan.services.updates import LineValues, UpdateValues, open_update, save_update


@transaction.atomic
def save_sheet(
    *,
    lines: Mapping[int, Mapping[int, LineValues]],
    evidence: Mapping[int, Sequence[EvidenceValues]],
    offices: Mapping[int, str],
    period: str,
    written_by_id: int | None,
    at: datetime,
) -> list[ProgressUpdate]:
    """Writes what a sheet says into the open updates of its commitments: all of it or nothing.

    Args:
        lines: by id of the commitment, then of the milestone.
        evidence: addresses by id of the milestone; one that the line has already is not added again.
        offices: for which institution it speaks, by id of the commitment.

    A blank cell says nothing: what the draft says stays.

    Raises:
        UpdateStateError: one of the updates was sent and waits.
    """
    updates = []
    for commitment_id in sorted(lines):
        office = offices[commitment_id]
        update, _is_new = open_update(
            commitment_id=commitment_id, period=period, office=office, written_by_id=written_by_id, at=at
        )
        values = UpdateValues(update.text, _fill_up(update=update, lines=lines[commitment_id]))
        save_update(update_id=update.pk, values=values, seen_at=None, written_by_id=written_by_id, at=at)
        for line in update.lines.filter(milestone__in=evidence.keys()):
            known = set(line.evidence.values_list("url", flat=True))
            for piece in evidence[line.milestone_id]:
                if piece.url not in known:
                    add_evidence(line=line, values=piece, office=office, added_by_id=written_by_id, at=at)
        updates.append(update)
    return updates


def _fill_up(*, update: ProgressUpdate, lines: Mapping[int, LineValues]) -> dict[int, LineValues]:
    """What a sheet says, and where it says nothing what the draft says."""
    drafts = {line.milestone_id: line for line in update.lines.filter(milestone__in=lines.keys())}
    return {
        milestone_id: LineValues(
            status=said.status or drafts[milestone_id].status,
            text=said.text or drafts[milestone_id].text,
            due_after=said.due_after or drafts[milestone_id].due_after,
            reason=said.reason or drafts[milestone_id].reason,
        )
        for milestone_id, said in lines.items()
        if milestone_id in drafts
    }

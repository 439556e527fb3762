"""Keeping what independent bodies say of a commitment: added, never rewritten."""

from datetime import date, datetime

from django.db import transaction

from lms.plan.models import ExternalCoding, PlanChange
from lms.plan.services.changes import lock_commitment, record_change


@transaction.atomic
def add_coding(
    *,
    commitment_id: int,
    by: str,
    values: dict[str, str | None],
    source_url: str,
    retrieved_on: date | None,
    at: datetime,
    changed_by_id: int | None = None,
    from_pack: bool = False,
) -> ExternalCoding | None:
    """What an independent body says now; ``None`` where it says what it said. Earlier ones stay."""
    commitment = lock_commitment(commitment_id=commitment_id)
    latest = commitment.codings.filter(by=by, source_url=source_url).order_by("-pk").first()
    if latest and (latest.values, latest.retrieved_on) == (values, retrieved_on):
        return None
    coding = ExternalCoding.objects.create(
        commitment=commitment,
        by=by,
        values=values,
        source_url=source_url,
        retrieved_on=retrieved_on,
        recorded_at=at,
    )
    record_change(
        plan=commitment.plan,
        commitment=commitment,
        subject=PlanChange.Subject.CODING,
        row=coding,
        label=by,
        kind=PlanChange.Kind.CREATED,
        changed_by_id=changed_by_id,
        at=at,
        before={"values": latest.values, "retrieved_on": latest.retrieved_on} if latest else {},
        after={"source_url": source_url, "values": values, "retrieved_on": retrieved_on},
        from_pack=from_pack,
    )
    return coding

"""Uploaded headcounts: which one counts for an institution on a day, and the list of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from lms.people.models import RosterImport
from lms.people.models.rosters import RosterStatus
from lms.plan.models import ActionPlan, Headcount, HeadcountUpload
from lms.plan.rules.headcounts import Group
from lms.plan.selectors.recounts import GoalDefinition


@dataclass(frozen=True)
class Uploaded:
    """People by group, and where the number of each institution (its code) was read."""

    people: Mapping[Group, int] = field(default_factory=dict)
    sources: Mapping[str, HeadcountUpload] = field(default_factory=dict)

    def narrowed(self, *, definition: GoalDefinition) -> "Uploaded":
        """Only groups that a goal is about."""
        people = {group: count for group, count in self.people.items() if _is_meant(group, definition)}
        codes = {code for code, _estamento, _quality in people}
        return Uploaded(people, {code: self.sources[code] for code in codes})


def uploaded_on(*, cutoff: date, at: datetime | None = None) -> Uploaded:
    """The latest headcount on or before ``cutoff`` of each institution that has no roster. Three queries.

    A roster has been applied for an institution, or its people are kept one by one and nobody uploaded
    a headcount: then the postings are the headcount. ``at``: what had been uploaded by then.
    """
    uploads = HeadcountUpload.objects.filter(headcount_date__lte=cutoff)
    rosters = RosterImport.objects.filter(status=RosterStatus.APPLIED, roster_date__lte=cutoff)
    if at is not None:
        uploads, rosters = uploads.filter(uploaded_at__lte=at), rosters.filter(decided_at__lte=at)
    by_pk = {upload.pk: upload for upload in uploads.order_by("headcount_date", "pk")}
    if not by_pk:
        return Uploaded()
    with_roster = set(rosters.values_list("institution_id", flat=True))
    rows = Headcount.objects.filter(upload_id__in=by_pk).exclude(institution_id__in=with_roster)
    found = list(rows.values_list("upload_id", "institution__code", "estamento", "legal_quality", "people"))
    order = {pk: place for place, pk in enumerate(by_pk)}
    latest: dict[str, int] = {}
    for pk, code, *_rest in found:
        latest[code] = max(latest.get(code, pk), pk, key=order.__getitem__)
    return Uploaded(
        people={(code, e, q): people for pk, code, e, q, people in found if latest[code] == pk},
        sources={code: by_pk[pk] for code, pk in latest.items()},
    )


def _is_meant(group: Group, definition: GoalDefinition) -> bool:
    code, estamento, quality = group
    population = definition.population
    return (
        (not population.institutions or code in population.institutions)
        and (not population.estamentos or estamento in population.estamentos)
        and (not population.legal_qualities or quality in population.legal_qualities)
        and (definition.includes_honorarios or quality != "honorarios")
    )


def describe_sources(*, uploaded: Uploaded, cutoff: date, has_postings: bool) -> list[dict[str, Any]]:
    """The headcounts of one count with their dates and sources, as files and seals tell them."""
    by_upload: dict[int, list[str]] = {}
    for code, upload in uploaded.sources.items():
        by_upload.setdefault(upload.pk, []).append(code)
    uploads = {upload.pk: upload for upload in uploaded.sources.values()}
    postings = [{"fuente": "nominas", "fecha": cutoff.isoformat()}] if has_postings else []
    return postings + [
        {
            "fuente": uploads[pk].source_text,
            "direccion": uploads[pk].source_url,
            "fecha": uploads[pk].headcount_date.isoformat(),
            "incluye_honorarios": uploads[pk].includes_honorarios,
            "instituciones": sorted(codes),
        }
        for pk, codes in sorted(by_upload.items())
    ]


def list_uploads(*, plan: ActionPlan) -> Any:
    """What was uploaded from a plan, latest day first. One query."""
    rows: Any = HeadcountUpload.objects.filter(plan=plan).select_related("uploaded_by")
    return rows.annotate(row_count=Count("rows")).order_by("-headcount_date", "-pk")


def headcount_mark() -> int:
    """Goes up with each upload. One query."""
    return HeadcountUpload.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

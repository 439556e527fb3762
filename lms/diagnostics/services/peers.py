"""What is shown of the institutions of a kind: renewed only when that gives nobody away."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from lms.diagnostics.models import Assessment, PeerSummary, QuestionnaireRelease
from lms.diagnostics.rules import hides, is_safe, next_group, quartiles

Results = Mapping[int, Mapping[str, int | None]]
"""Of each assessment: its total and dimensions."""


@transaction.atomic
def refresh_peers(*, release_id: int, kind: str, minimum: int, at: datetime) -> PeerSummary | None:
    """Shows the group anew, withdraws it or leaves it, as :mod:`lms.diagnostics.rules.peers` says.

    Returns what is shown from now on.
    """
    release = QuestionnaireRelease.objects.select_for_update().get(pk=release_id)
    history = list(PeerSummary.objects.filter(release=release, kind=kind).order_by("pk"))
    groups = [_group(one) for one in history]
    finished = Assessment.objects.finished().filter(release=release, institution__kind=kind)
    now = {one.institution_id: one.pk for one in finished.order_by("finished_at", "pk")}
    public = set(finished.filter(first_published_at__isnull=False).values_list("pk", flat=True))
    group = next_group(history=groups, now=now, public=public, minimum=minimum)
    if group is not None:
        return _show(release, kind, [*history, group], public, minimum, at)
    shown = history[-1] if history and history[-1].withdrawn_at is None else None
    if shown and not _stays_safe(history, groups, public, minimum):
        shown.withdrawn_at = at
        shown.save(update_fields=["withdrawn_at"])
        return None
    return shown


def _group(summary: PeerSummary) -> dict[int, int]:
    return {int(place): assessment for place, assessment in summary.members.items()}


def _read_results(assessments: Iterable[int]) -> Results:
    rows = Assessment.objects.filter(pk__in=set(assessments)).values_list("pk", "result")
    return {pk: {"overall": result["overall"], **result["dimensions"]} for pk, result in rows}


def _show(
    release: QuestionnaireRelease,
    kind: str,
    steps: Sequence[PeerSummary | dict[int, int]],
    public: set[int],
    minimum: int,
    at: datetime,
) -> PeerSummary:
    groups = [_group(one) if isinstance(one, PeerSummary) else one for one in steps]
    results = _read_results(pk for one in groups for pk in one.values())
    figures: dict[str, list[int] | None] = {}
    for key in ["overall", *(one.key for one in release.dimensions)]:
        shown = [one.figures.get(key) is not None if isinstance(one, PeerSummary) else True for one in steps]
        figures[key] = _figures(key, groups, shown, results, public, minimum)
    return PeerSummary.objects.create(
        release=release,
        kind=kind,
        members={str(place): pk for place, pk in groups[-1].items()},
        figures=figures,
        institution_count=len(groups[-1]),
        shown_at=at,
    )


def _figures(
    key: str,
    groups: Sequence[Mapping[int, int]],
    is_shown: Sequence[bool],
    results: Results,
    public: set[int],
    minimum: int,
) -> list[int] | None:
    values = {pk: result.get(key) for pk, result in results.items()}
    applies = {place: pk for place, pk in groups[-1].items() if values[pk] is not None}
    if not hides(group=applies, public=public, minimum=minimum):
        return None
    if not is_safe(groups=groups, is_shown=is_shown, values=values, public=public):
        return None
    return list(quartiles(values=[value for pk in applies.values() if (value := values[pk]) is not None]))


def _stays_safe(
    history: Sequence[PeerSummary], groups: Sequence[Mapping[int, int]], public: set[int], minimum: int
) -> bool:
    """Whether what is shown hides its members still, now that some of them publish their own result."""
    if not hides(group=groups[-1], public=public, minimum=minimum):
        return False
    results = _read_results(pk for one in groups for pk in one.values())
    return all(
        is_safe(
            groups=groups,
            is_shown=[one.figures.get(key) is not None for one in history],
            values={pk: result.get(key) for pk, result in results.items()},
            public=public,
        )
        for key, figures in history[-1].figures.items()
        if figures is not None
    )

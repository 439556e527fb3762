"""For which institutions somebody may make a token."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lms.api.access import scopes_within
from lms.people.models import Institution
from lms.people.policy import Grant, Viewer


@dataclass(frozen=True)
class TokenPlaces:
    """``is_everywhere``: also for all at once. ``has_dependents``: also for those below."""

    institutions: QuerySet[Institution]
    is_everywhere: bool
    has_dependents: bool


def places_for(*, viewer: Viewer) -> TokenPlaces:
    """Where the viewer's grants reach whole institutions; one query when read."""
    grants = [grant for grant in viewer.grants if _may_give(grant)]
    is_everywhere = any(grant.institution_id is None for grant in grants)
    rows = Institution.objects.order_by("name", "code")
    if not is_everywhere:
        rows = rows.filter(pk__in={place for g in grants for place in (g.institution_id, *g.dependents)})
    return TokenPlaces(rows, is_everywhere, is_everywhere or any(grant.dependents for grant in grants))


def _may_give(grant: Grant) -> bool:
    return bool(scopes_within(viewer=Viewer(grants=(grant,))))

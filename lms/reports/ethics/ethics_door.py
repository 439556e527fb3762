"""At the door of an institution's integrity system: who comes in, and to which institution."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpRequest

from lms.integrity.models import KIND_BY_SLUG, SlotKind
from lms.lib import clock
from lms.people.models import Institution, User
from lms.people.policy import Action, Grant, Viewer, grants_for, require, require_any
from lms.people.selectors.viewers import get_viewer

CODE_LENGTH = 40


@dataclass(frozen=True)
class EthicsDoor:
    """``places``: the viewer's own grants, one for each institution to choose from."""

    viewer: Viewer
    account: User
    institution: Institution
    places: tuple[Grant, ...]
    at: datetime

    @property
    def day(self) -> date:
        return clock.local_date(self.at)

    @property
    def query(self) -> str:
        """What keeps the institution in the address of another page."""
        return f"?institucion={self.institution.code}"


def enter(request: HttpRequest) -> EthicsDoor:
    """The institution of the address, else the viewer's own.

    Raises:
        NotAllowedError: the viewer does not keep its integrity system.
        Http404: there is no such institution.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    first = require_any(viewer=viewer, action=Action.EDIT_ETHICS_CODE)
    grants = grants_for(viewer=viewer, action=Action.EDIT_ETHICS_CODE)
    own = tuple(grant for grant in grants if grant.institution_id)
    usual_id = (own[0] if own else first).institution_id or viewer.institution_id
    institution = _find_institution(request, usual_id)
    if institution is None:
        raise Http404
    require(viewer=viewer, action=Action.EDIT_ETHICS_CODE, institution_id=institution.pk)
    assert isinstance(request.user, User)
    return EthicsDoor(viewer, request.user, institution, own, at)


def find_kind(slug: str) -> SlotKind:
    """
    Raises:
        Http404: no slot is called so.
    """
    if slug not in KIND_BY_SLUG:
        raise Http404
    return KIND_BY_SLUG[slug]


def _find_institution(request: HttpRequest, usual_id: int | None) -> Institution | None:
    wanted = request.GET.get("institucion", "").replace("\x00", "")[:CODE_LENGTH]
    if wanted:
        return Institution.objects.filter(code=wanted).first()
    return Institution.objects.filter(pk=usual_id or 0).first()

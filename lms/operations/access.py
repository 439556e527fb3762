"""Who opens these screens, and what is written down of whom they saw."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from lms.operations.privacy import find_pseudonyms
from lms.people.models import AccessLogEntry
from lms.people.policy import Action, Grant, Viewer, require
from lms.people.selectors.looks import RecordLook
from lms.people.selectors.pseudonyms import list_people_behind
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access_to_each


@dataclass(frozen=True)
class Visit:
    """Somebody who administers the platform, at an instant."""

    viewer: Viewer
    grant: Grant
    at: datetime


def enter(*, request: HttpRequest, at: datetime) -> Visit:
    """The visit of whoever administers the whole platform.

    Raises:
        NotAllowedError: they do not.
    """
    viewer = get_viewer(user=request.user, at=at)
    return Visit(viewer, require(viewer=viewer, action=Action.OPERATE_PLATFORM), at)


def log_people_shown(*, visit: Visit, raws: Iterable[Any], base_iri: str) -> None:
    """One entry for each person of ours in these statements, but for the viewer. Two queries, or none."""
    names = find_pseudonyms(raws, base_iri=base_iri)
    people = list_people_behind(names=names) - {visit.viewer.person_id} if names else set()
    log_access_to_each(
        viewer=visit.viewer,
        grant=visit.grant,
        action=AccessLogEntry.Action.VIEW_PERSON,
        at=visit.at,
        subject_ids=sorted(people),
        detail=RecordLook.STATEMENTS_SEEN,
    )

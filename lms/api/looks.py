"""Each reading of named people is written down, as any other look at them."""

from lms.api.auth import Visit
from lms.people.models import AccessLogEntry
from lms.people.selectors.looks import ProgramLook
from lms.people.services.access_log import log_access


def log_list(*, visit: Visit, people_count: int) -> None:
    """One entry for a page of people; none for an empty one. One query."""
    if people_count:
        _log(visit, AccessLogEntry.Action.EXPORT, visit.caller.institution_id, people_count, None)


def log_person(*, visit: Visit, person_id: int, institution_id: int) -> None:
    """One entry for a record, which its person reads. One query."""
    _log(visit, AccessLogEntry.Action.VIEW_PERSON, institution_id, 1, person_id)


def _log(
    visit: Visit, action: str, institution_id: int | None, people_count: int, subject_id: int | None
) -> None:
    log_access(
        viewer=visit.caller.viewer,
        grant=visit.caller.grant,
        action=action,
        at=visit.at,
        institution_id=institution_id,
        people_count=people_count,
        subject_id=subject_id,
        detail=f"{ProgramLook.SEEN} {visit.caller.name}",
    )

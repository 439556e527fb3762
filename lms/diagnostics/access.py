"""Who answers for which institution, and who may read which assessment. All screens ask here."""

from uuid import UUID

from lms.diagnostics.models import Assessment
from lms.people.models import Institution
from lms.people.policy import Action, NotAllowedError, Viewer, covers_any, grants_for, require


class AssessmentNotFoundError(LookupError):
    """There is none, or it is another institution's."""


def answers_for(*, viewer: Viewer, institution_id: int) -> bool:
    """Whether the viewer speaks for the institution.

    A grant for the whole platform speaks for the own institution alone: results belong to whoever
    answered. A grant of a single unit speaks for none.
    """
    for grant in grants_for(viewer=viewer, action=Action.ANSWER_DIAGNOSTICS):
        if grant.unit_ids is not None:
            continue
        if grant.institution_id is None:
            if viewer.institution_id == institution_id:
                return True
        elif grant.covers(institution_id):
            return True
    return False


def list_own_institutions(*, viewer: Viewer) -> list[Institution]:
    """The institutions for which the viewer answers, by name. One query, none for who answers for none."""
    places: set[int] = set()
    for grant in grants_for(viewer=viewer, action=Action.ANSWER_DIAGNOSTICS):
        if grant.unit_ids is None:
            own = viewer.institution_id if grant.institution_id is None else grant.institution_id
            places |= {place for place in (own, *grant.dependents) if place is not None}
    return list(Institution.objects.filter(pk__in=places).order_by("name", "pk")) if places else []


def get_own_institution(*, viewer: Viewer, code: str) -> tuple[Institution, list[Institution]]:
    """The institution asked for by its code, or the first one; and all that there are. One query.

    Raises:
        NotAllowedError: the viewer answers for none, or not for that one.
    """
    own = list_own_institutions(viewer=viewer)
    found = next((one for one in own if one.code == code), None) if code else next(iter(own), None)
    if found is None:
        raise NotAllowedError(Action.ANSWER_DIAGNOSTICS)
    return found, own


def get_own_assessment(*, viewer: Viewer, code: str, public_id: UUID) -> Assessment:
    """An assessment of an institution for which the viewer answers. One query.

    Raises:
        AssessmentNotFoundError: see there.
    """
    found = (
        Assessment.objects.select_related("institution", "release", "questionnaire", "based_on")
        .filter(public_id=public_id, questionnaire__code=code)
        .first()
    )
    if found is None or not answers_for(viewer=viewer, institution_id=found.institution_id):
        raise AssessmentNotFoundError(public_id)
    return found


def may_plan(*, viewer: Viewer, institution_id: int) -> bool:
    """Whether the viewer may turn a result into a local plan: who answers there and keeps its plans."""
    return answers_for(viewer=viewer, institution_id=institution_id) and covers_any(
        viewer=viewer, action=Action.EDIT_PLAN, institution_ids=[institution_id]
    )


def is_plan_team(*, viewer: Viewer) -> bool:
    """Who keeps the plan of the whole country sees which institutions answered, never what."""
    try:
        require(viewer=viewer, action=Action.EDIT_PLAN)
    except NotAllowedError:
        return False
    return True

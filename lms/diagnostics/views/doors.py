"""At the door of the screens: what does not exist for the visitor is not found."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lms.diagnostics.access import AssessmentNotFoundError, get_own_assessment
from lms.diagnostics.models import Assessment, Questionnaire, QuestionnaireRelease
from lms.diagnostics.selectors.questionnaires import QuestionnaireNotFoundError, get_questionnaire
from lms.diagnostics.services import AssessmentDiscardedError
from lms.lib import clock
from lms.lib.clock import local_date
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer


@dataclass(frozen=True)
class Desk:
    """Who works on which assessment, and when."""

    viewer: Viewer
    assessment: Assessment
    at: datetime

    @property
    def today(self) -> date:
        return local_date(self.at)


def enter(request: HttpRequest, *, code: str, public_id: UUID) -> Desk:
    """The assessment of an institution for which the visitor answers; else it is not found."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    try:
        return Desk(viewer, get_own_assessment(viewer=viewer, code=code, public_id=public_id), at)
    except AssessmentNotFoundError as error:
        raise Http404 from error


def find(code: str) -> tuple[Questionnaire, QuestionnaireRelease]:
    """A questionnaire with its current version; else it is not found."""
    try:
        return get_questionnaire(code=code)
    except QuestionnaireNotFoundError as error:
        raise Http404 from error


def desk_address(here: Desk) -> str:
    """Where the institution begins and finds its earlier results."""
    desk_url = reverse("diagnostics:desk", args=[here.assessment.questionnaire.code])
    return f"{desk_url}?institucion={here.assessment.institution.code}"


def lead_away(request: HttpRequest, here: Desk, error: Exception) -> HttpResponse:
    """Somebody else was faster: says what became of the draft, and goes where that is."""
    if isinstance(error, AssessmentDiscardedError):
        messages.info(request, _("Otra persona de tu institución ya descartó este borrador."))
        return redirect(desk_address(here))
    messages.info(request, _("Otra persona de tu institución ya lo terminó. Nada cambió."))
    return redirect("diagnostics:profile", here.assessment.questionnaire.code, here.assessment.public_id)

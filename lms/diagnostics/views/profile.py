"""The institution's own result, and whether everybody may read it."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.diagnostics.access import may_plan
from lms.diagnostics.models import Assessment
from lms.diagnostics.selectors.assessments import list_published
from lms.diagnostics.selectors.profiles import read_profile
from lms.diagnostics.services import set_published
from lms.diagnostics.views.doors import enter


@require_safe
def profile(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A finished assessment against the last one and the others of its kind."""
    here = enter(request, code=code, public_id=public_id)
    if here.assessment.is_draft:
        return redirect("diagnostics:draft", code, public_id)
    context = {
        "profile": read_profile(assessment=here.assessment),
        "current": next(iter(_published(here.assessment)), None),
        "assessment": here.assessment,
        "questionnaire": here.assessment.questionnaire,
        "minimum": settings.DIAGNOSTICS_MINIMUM_PEERS,
        "may_plan": may_plan(viewer=here.viewer, institution_id=here.assessment.institution_id),
    }
    return render(request, "diagnostics/profile.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """Asks once, then publishes the profile or takes it back."""
    here = enter(request, code=code, public_id=public_id)
    if here.assessment.is_draft:
        return redirect("diagnostics:draft", code, public_id)
    if request.method != "POST":
        others = [one for one in _published(here.assessment) if one != here.assessment]
        context = {
            "assessment": here.assessment,
            "questionnaire": here.assessment.questionnaire,
            "other": next(iter(others), None),
            "is_latest": _is_latest(here.assessment, others),
        }
        return render(request, "diagnostics/publish.html", context)
    wanted = request.POST.get("publicar") == "si"
    set_published(
        assessment_id=here.assessment.pk,
        is_published=wanted,
        by_id=here.viewer.user_id,
        minimum_peers=settings.DIAGNOSTICS_MINIMUM_PEERS,
        at=here.at,
    )
    if wanted:
        messages.success(request, _("El perfil quedó publicado. Cualquiera puede leerlo."))
    else:
        messages.success(request, _("El perfil ya no es público."))
    return redirect("diagnostics:profile", code, public_id)


def _published(assessment: Assessment) -> list[Assessment]:
    """All that the institution publishes of the questionnaire, the current one first."""
    return list_published(code=assessment.questionnaire.code, institution_code=assessment.institution.code)


def _is_latest(assessment: Assessment, others: Sequence[Assessment]) -> bool:
    """Whether it is, or would be, the current one: the one that was finished last."""
    newest = max([assessment, *others], key=lambda one: (one.finished_at or one.started_at, one.pk))
    return newest == assessment

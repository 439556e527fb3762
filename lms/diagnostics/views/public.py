"""What anybody reads: the questionnaires and the profiles that institutions publish."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.diagnostics.access import is_plan_team, list_own_institutions
from lms.diagnostics.selectors.assessments import list_public, list_published
from lms.diagnostics.selectors.profiles import read_profile
from lms.diagnostics.selectors.questionnaires import count_finished, list_questionnaires
from lms.diagnostics.views.doors import find
from lms.lib import clock
from lms.people.selectors.viewers import get_viewer

PROFILES_PER_PAGE = 25


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which questionnaires there are."""
    viewer = get_viewer(user=request.user, at=clock.now())
    context = {
        "rows": list_questionnaires(minimum=settings.DIAGNOSTICS_MINIMUM_PEERS),
        "answers": bool(list_own_institutions(viewer=viewer)),
        "is_plan_team": is_plan_team(viewer=viewer),
    }
    return render(request, "diagnostics/index.html", context)


@login_not_required
@require_safe
def questionnaire(request: HttpRequest, code: str) -> HttpResponse:
    """All questions with their levels and sources, to read and to print."""
    found, release = find(code)
    viewer = get_viewer(user=request.user, at=clock.now())
    minimum = settings.DIAGNOSTICS_MINIMUM_PEERS
    finished = count_finished(questionnaire_ids=[found.pk]).get(found.pk, 0)
    context = {
        "questionnaire": found,
        "release": release,
        "file": release.file,
        "finished": finished if finished >= minimum else None,
        "minimum": minimum,
        "published": list_public(questionnaire=found).count(),
        "answers": found.is_published and bool(list_own_institutions(viewer=viewer)),
        "is_plan_team": is_plan_team(viewer=viewer),
    }
    return render(request, "diagnostics/questionnaire.html", context)


@login_not_required
@require_safe
def public_profiles(request: HttpRequest, code: str) -> HttpResponse:
    """The institutions that publish their profile."""
    found, _release = find(code)
    page = Paginator(list_public(questionnaire=found), PROFILES_PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "diagnostics/profiles.html", {"questionnaire": found, "page": page})


@login_not_required
@require_safe
def public_profile(
    request: HttpRequest, code: str, institution_code: str, public_id: UUID | None = None
) -> HttpResponse:
    """The current profile that an institution publishes, or by its id one that came before it.

    Comments, and what it does not publish, stay with it.
    """
    published = list_published(code=code, institution_code=institution_code)
    assessment = next((one for one in published if public_id in (None, one.public_id)), None)
    if assessment is None:
        raise Http404
    context = {
        "current": published[0],
        "others": [one for one in published if one != assessment],
        "profile": read_profile(assessment=assessment, with_previous=False),
        "assessment": assessment,
        "questionnaire": assessment.questionnaire,
        "minimum": settings.DIAGNOSTICS_MINIMUM_PEERS,
    }
    return render(request, "diagnostics/public_profile.html", context)

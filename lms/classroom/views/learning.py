"""My learning, taking up a course, going on where one left."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from certificates.selectors import list_for_holder
from courses.languages import reading_language
from courses.selectors import CourseNotFoundError, find_live_page, list_catalogue, list_live_pages
from lms.classroom.home import find_resume, open_lines, read_home
from lms.journeys.enrol import enrol
from lms.lib import clock
from lms.people.gate import get_person
from lms.people.models import Posting, Pseudonym
from lms.people.selectors.merges import list_holder_keys
from lms.people.selectors.viewers import get_viewer
from lms.progress.models import LearningContext
from lms.progress.selectors.progress import find_enrolment, get_standing, list_standings
from lms.progress.services.enrolments import NoPostingError
from lms.xapi.platform import current_platform
from lms.xapi.rules.json_text import encode
from lms.xapi.selectors.reading import list_raw_of
from lms.xapi.statements import account_home


@require_GET
def my_learning(request: HttpRequest) -> HttpResponse:
    """What I am learning, what I finished, what I can start."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    language = reading_language()
    standings = list_standings(person_id=viewer.person_id, language=language) if viewer.person_id else []
    open_standings = [standing for standing in standings if standing.completion is None]
    home = read_home(person_id=viewer.person_id, standings=standings, at=at) if viewer.person_id else None
    taken = {standing.outline.code for standing in standings}
    done_standings = [s for s in standings if s.completion and s.completion.counts]
    certificates = (
        list_for_holder(holder_keys=list_holder_keys(person_id=viewer.person_id))
        if viewer.person_id and done_standings
        else []
    )
    return render(
        request,
        "classroom/my_learning.html",
        {
            "home": home,
            "resume": find_resume(open_standings=open_standings, home=home),
            "open_lines": open_lines(standings=open_standings, at=at),
            "done_standings": done_standings,
            "suggestions": list_catalogue(pages=list_live_pages().exclude(code__in=taken), language=language),
            "certificate_count": len(certificates),
        },
    )


@require_POST
def take_up(request: HttpRequest, course_code: str) -> HttpResponse:
    """Enrol, as an employee where there is a posting unless one chooses otherwise, and start."""
    at = clock.now()
    person = get_person(request=request, at=at)
    viewer = get_viewer(user=request.user, at=at)
    posting = Posting.objects.filter(pk=viewer.posting_id).first() if viewer.posting_id else None
    wanted = request.POST.get("contexto", "")
    context = wanted if wanted in LearningContext.values else ""
    context = context or (LearningContext.EMPLOYEE if posting else LearningContext.CITIZEN)
    try:
        enrolment, is_new = enrol(
            person=person,
            course_code=course_code,
            context=context,
            posting=posting,
            platform=current_platform(),
            at=at,
        )
    except CourseNotFoundError:
        raise Http404 from None
    except NoPostingError:
        messages.error(
            request, _("Tu institución aún no te cargó en su nómina. Puedes hacer el curso por tu cuenta.")
        )
        return redirect(_course_url(course_code))
    if is_new:
        messages.success(request, _("Quedaste inscrita o inscrito. Tu avance se guarda solo."))
    return redirect("classroom:continue", course_code=enrolment.release.outline.code)


@require_GET
def course(request: HttpRequest, course_code: str) -> HttpResponse:
    """The course as a whole has one page, in the catalogue."""
    return redirect(_course_url(course_code))


@require_GET
def go_on(request: HttpRequest, course_code: str) -> HttpResponse:
    """Where I left off: the first unit that is not finished."""
    viewer = get_viewer(user=request.user, at=clock.now())
    enrolment = (
        find_enrolment(person_id=viewer.person_id, course_code=course_code) if viewer.person_id else None
    )
    if enrolment is None:
        return redirect(_course_url(course_code))
    standing = get_standing(enrolment=enrolment)
    if standing.next_unit is None:
        return redirect(_course_url(course_code))
    return redirect("classroom:unit", course_code=course_code, unit_key=standing.next_unit.key)


@require_GET
def my_record(request: HttpRequest) -> HttpResponse:
    """All statements about me, as stored: mine to take along."""
    viewer = get_viewer(user=request.user, at=clock.now())
    mine = Pseudonym.objects.filter(person_id=viewer.person_id) if viewer.person_id else []
    platform = current_platform()
    actors = [(account_home(platform=platform, context=found.context), found.name) for found in mine]
    statements = list_raw_of(actors=actors)
    response = HttpResponse(
        encode({"platform": settings.SITE_URL, "statements": statements}), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="mi-registro-xapi.json"'
    return response


def _course_url(course_code: str) -> str:
    page = find_live_page(course_code=course_code)
    if page is None:
        raise Http404
    return page.url or "/cursos/"

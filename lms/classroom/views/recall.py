"""Five questions, two weeks after a course: by a link that opens them once, without logging in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from courses.languages import reading_language
from lms.classroom.recall import grade, list_questions, read_answers, tell
from lms.classroom.views.opinions import closed, find_by_token, find_mine
from lms.feedback.links import answer_path
from lms.feedback.rules.askings import AskingKind
from lms.feedback.selectors.recall import RecallSheet, read_recall
from lms.feedback.services.asking import NotOpenError
from lms.feedback.services.recall import answer_recall
from lms.lib import clock


@require_GET
def own_recall(request: HttpRequest, course_code: str) -> HttpResponse:
    """Whoever is logged in needs no link."""
    asking = find_mine(request=request, course_code=course_code, kind=AskingKind.RECALL)
    return redirect(answer_path(kind=asking.kind, public_id=asking.public_id, course_code=course_code))


# The token is the proof. The page shows five questions, and neither a name nor a result of anybody.
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recall(request: HttpRequest, course_code: str, token: str) -> HttpResponse:
    """The questions; a POST tells how it went, once, and counts it for all together."""
    at = clock.now()
    asking = find_by_token(token=token, course_code=course_code, kind=AskingKind.RECALL)
    if not asking.is_open_on(clock.local_date(at)):
        return closed(request, asking)
    sheet = read_recall(asking=asking, version=_version(request), language=reading_language())
    if sheet is None:
        raise Http404
    if request.method != "POST":
        return _show(request, sheet, {}, set())
    fields = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    answers, wrong = read_answers(sheet=sheet, fields=fields)
    if wrong or not answers:
        return _show(request, sheet, answers, wrong, status=400)
    try:
        answer_recall(
            asking_id=asking.pk, recalled=grade(sheet=sheet, answers=answers), before=sheet.before, at=at
        )
    except NotOpenError:
        return closed(request, asking)
    told = tell(sheet=sheet, answers=answers)
    context = {
        "outline": sheet.outline,
        "language": sheet.language,
        "questions": told,
        "right": sum(one.is_right for one in told),
    }
    return render(request, "classroom/recall_told.html", context)


def _show(
    request: HttpRequest, sheet: RecallSheet, answers: dict[str, object], wrong: set[int], status: int = 200
) -> HttpResponse:
    context = {
        "outline": sheet.outline,
        "language": sheet.language,
        "version": sheet.version,
        "questions": list_questions(sheet=sheet, answers=answers, wrong=wrong),
        "is_refused": status != 200,
        "wrong": sorted(wrong),
    }
    return render(request, "classroom/recall.html", context, status=status)


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None

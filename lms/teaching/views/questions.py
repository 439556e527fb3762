"""The courses one teaches, and how well their questions measure. Nobody is named."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from courses.quizzes.rules.analysis import FEWEST, analyse_items, analyse_test
from lms.people.gate import not_allowed_is_404
from lms.progress.selectors.regrades import stale_questions
from lms.teaching.access import enter, enter_course
from lms.teaching.courses import list_taught
from lms.teaching.selectors import MOST_ATTEMPTS, find_bank, read_attempts
from lms.teaching.words import describe_reliability, to_lines


@require_GET
@not_allowed_is_404
def courses(request: HttpRequest) -> HttpResponse:
    """The courses that the visitor teaches."""
    viewer, _at = enter(request=request)
    return render(request, "teaching/courses.html", {"courses": list_taught(viewer=viewer)})


@require_GET
@not_allowed_is_404
def questions(request: HttpRequest, course_code: str) -> HttpResponse:
    """The questions of one, those to be looked at first."""
    desk = enter_course(request=request, course_code=course_code)
    bank = find_bank(course_code=course_code)
    if bank is None:
        return render(request, "teaching/questions_none.html", {"desk": desk})
    attempts = read_attempts(bank=bank)
    whole = analyse_test(attempts=attempts)
    stale = stale_questions(course=bank.course, unit_key=bank.unit_key, current=bank.release)
    context = {
        "desk": desk,
        "lines": to_lines(
            questions=bank.questions, figures=analyse_items(attempts=attempts, questions=bank.questions)
        ),
        "count": len(attempts),
        "whole": whole,
        "reliability": describe_reliability(whole) if whole else "",
        "fewest": FEWEST,
        "is_cut": len(attempts) == MOST_ATTEMPTS,
        "most": MOST_ATTEMPTS,
        "stale": [(row, bank.questions[row.key].stem) for row in stale],
    }
    return render(request, "teaching/questions.html", context)

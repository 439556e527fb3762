"""What those who learned say of a course, and what remains: always of whole groups of people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.feedback.rules.askings import GROUP, AskingKind
from lms.feedback.selectors.figures import list_versions, read_measured, read_opinions, read_recall_figures
from lms.people.gate import not_allowed_is_404
from lms.teaching.access import Desk, enter_course
from lms.teaching.feedback_words import describe_kept, scale_legend, to_levels
from lms.ui.components import Choice


@require_GET
@not_allowed_is_404
def opinions(request: HttpRequest, course_code: str) -> HttpResponse:
    """Both questionnaires, level by level; of one version where the address says so."""
    desk = enter_course(request=request, course_code=course_code)
    frame = _frame(request, desk)
    found = [
        read_opinions(course_code=course_code, kind=kind, version=frame["version"])
        for kind in (AskingKind.END, AskingKind.LATER)
    ]
    context = frame | {
        "people": sum(one.people for one in found),
        "end": found[0],
        "later": found[1],
        "levels": [level for one in found for level in to_levels(one)],
        "texts": [(item, texts) for one in found for item, texts in one.texts if texts],
        "measured": read_measured(course_code=course_code, version=frame["version"]),
        "legend": scale_legend(),
        "group": GROUP[AskingKind.END],
    }
    return render(request, "teaching/opinions.html", context)


@require_GET
@not_allowed_is_404
def recall(request: HttpRequest, course_code: str) -> HttpResponse:
    """What remains after two weeks, by competence and by question."""
    desk = enter_course(request=request, course_code=course_code)
    frame = _frame(request, desk)
    figures = read_recall_figures(course_code=course_code, version=frame["version"])
    context = frame | {
        "figures": figures,
        "group": GROUP[AskingKind.RECALL],
        "rows": [(one, describe_kept(one)) for one in figures.competences],
    }
    return render(request, "teaching/recall.html", context)


def _frame(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    """The course, and which of its versions is looked at; an unknown one is all of them."""
    versions = list_versions(course_code=desk.course_code)
    wanted = request.GET.get("version", "")
    version = next((one.number for one in versions if str(one.number) == wanted), None)
    choices = [Choice(str(one.number), str(one.number), one.number == version) for one in versions]
    return {"desk": desk, "version": version, "versions": choices}

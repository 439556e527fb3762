"""The result of an attempt: points, competences, what to reread."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from certificates.selectors import find_card
from lms.classroom.access import NotEnrolledError, Place
from lms.classroom.attempts import Sitting, enter_attempt, get_rule
from lms.classroom.questions import own_words
from lms.feedback.rules.askings import AskingKind
from lms.feedback.selectors.askings import find_own_asking
from lms.lib.clock import local_date
from lms.progress.models import Completion
from lms.progress.rules import decide_attempt
from lms.progress.selectors.attempts import current_scores
from lms.progress.selectors.marking import comments_of
from lms.progress.selectors.progress import attempt_facts, list_attempts
from lms.progress.selectors.regrades import amend_questions, list_regrades


@dataclass(frozen=True)
class CompetenceRow:
    name: str
    correct: float
    total: int
    is_reached: bool

    @property
    def percent(self) -> int:
        return int(self.correct * 100 / self.total)


@dataclass(frozen=True)
class MissedQuestion:
    """A question without all its points: what was answered, feedback to it, what to reread. Never the key.

    ``answer``: in words, empty where there is none. ``is_waiting``: a person has still to mark it.
    ``comments``: of those who marked it.
    """

    number: int
    stem: str
    answer: str
    feedback: tuple[str, ...]
    review_key: str
    review_title: str
    is_waiting: bool = False
    comments: tuple[str, ...] = ()


@require_GET
def result(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """The result, by competence, and what to reread."""
    try:
        sitting = enter_attempt(request=request, course_code=course_code, unit_key=unit_key, number=number)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    if sitting.is_open:
        return redirect(sitting.url("review"))
    place, rule = sitting.place, get_rule(sitting.place.outline)
    attempts = list_attempts(enrolment=place.enrolment, unit_key=unit_key)
    found: Completion | None = getattr(place.enrolment, "completion", None)
    completion = found if found and found.counts else None
    context = sitting.frame() | {
        "competences": _competences(sitting),
        "missed": _missed(sitting),
        "regrades": list_regrades(attempt=sitting.attempt),
        "decision": decide_attempt(
            rule=rule, attempts=attempt_facts(attempts), lessons_finished=True, at=place.at
        ),
        "completion": completion,
        "is_withdrawn": found is not None and completion is None,
        "asks_opinion": completion is not None and _asks_opinion(place),
        "certificate": find_card(fact_key=completion.public_id, on=local_date(place.at))
        if completion
        else None,
    }
    return render(request, "classroom/assessment_result.html", context)


def _asks_opinion(place: Place) -> bool:
    """Whether the person may say today what it thought of the course. One query."""
    asking = find_own_asking(
        person_id=place.enrolment.person_id, course_code=place.outline.code, kind=AskingKind.END
    )
    return asking is not None and asking.is_open_on(local_date(place.at))


def _competences(sitting: Sitting) -> list[CompetenceRow]:
    outline, rule = sitting.place.outline, get_rule(sitting.place.outline)
    names = {competence.code: competence.name for competence in outline.competences}
    percent = rule.pass_percent_each or rule.pass_percent
    return [
        CompetenceRow(
            names.get(row["competence"], row["competence"]),
            row["correct"],
            row["total"],
            row["correct"] * 100 >= percent * row["total"],
        )
        for row in sitting.attempt.competences
    ]


def _missed(sitting: Sitting) -> list[MissedQuestion]:
    """Six queries."""
    titles = {unit.key: unit.title for unit in sitting.place.outline.units}
    words = own_words()
    scores = current_scores(attempt=sitting.attempt)
    comments = comments_of(attempt=sitting.attempt)
    amended = amend_questions(attempt=sitting.attempt, course_id=sitting.place.enrolment.course_id)
    missed = []
    for number, item in enumerate(sitting.drawn, 1):
        mended = amended.questions[item.key] if item.key in amended.mended else None
        spec, score = mended or sitting.questions[item.key], scores.get(item.key)
        if score == 1 and item.key not in comments:
            continue
        answer = sitting.answers[item.key].answer if item.key in sitting.answers else None
        missed.append(
            MissedQuestion(
                number=number,
                stem=spec.stem,
                answer=spec.tell(answer, words),
                feedback=tuple(spec.feedback(answer)),
                review_key=spec.review,
                review_title=titles.get(spec.review, ""),
                is_waiting=score is None,
                comments=tuple(comments.get(item.key, ())),
            )
        )
    return missed

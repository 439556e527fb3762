"""The final assessment: start, answer one question at a time, look over, hand in, see the result."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from certificates.selectors import find_card
from courses.outline import AssessmentRule, CourseOutline, UnitKind
from courses.quizzes.rules import AnswerError, QuestionSpec, show_question
from courses.selectors import list_questions
from lms.classroom.access import NotEnrolledError, Place, enter
from lms.journeys.take_assessment import AttemptRefusedError, hand_in_attempt, start_attempt
from lms.lib.clock import local_date
from lms.progress.models import AssessmentAttempt
from lms.progress.rules import AttemptRefusal, decide_attempt
from lms.progress.selectors.progress import attempt_facts, get_standing, list_attempts
from lms.progress.services.attempts import AttemptClosedError, UnknownQuestionError, drawn_of, save_answer
from lms.xapi.platform import current_platform

REFUSALS = {
    AttemptRefusal.LESSONS_MISSING: gettext_lazy("Se abre cuando completes todas las lecciones."),
    AttemptRefusal.NONE_LEFT: gettext_lazy(
        "Ya usaste todos los intentos. Escribe a Gestión de Personas de tu institución."
    ),
    AttemptRefusal.TOO_SOON: gettext_lazy("Todavía no puedes empezar otro intento."),
    AttemptRefusal.ALREADY_PASSED: gettext_lazy("Ya aprobaste esta evaluación."),
}


@dataclass(frozen=True)
class MapEntry:
    """One question in the map: answered, flagged, current."""

    number: int
    is_answered: bool
    is_flagged: bool
    is_current: bool


@dataclass(frozen=True)
class MissedQuestion:
    """A question answered wrongly: what was chosen, why not, what to reread. Never the key."""

    number: int
    stem: str
    feedback: tuple[str, ...]
    review_key: str
    review_title: str


def _get_rule(outline: CourseOutline) -> AssessmentRule:
    if outline.assessment is None:
        raise Http404
    return outline.assessment


def show_assessment(request: HttpRequest, place: Place) -> HttpResponse:
    """The front page: rules, attempts so far, start or go on."""
    rule = _get_rule(place.outline)
    attempts = list_attempts(enrolment=place.enrolment, unit_key=place.unit.key)
    standing = get_standing(enrolment=place.enrolment)
    decision = decide_attempt(
        rule=rule, attempts=attempt_facts(attempts), lessons_finished=standing.all_lessons_done, at=place.at
    )
    context = {
        "place": place,
        "outline": place.outline,
        "unit": place.unit,
        "rule": rule,
        "attempts": attempts,
        "standing": standing,
        "decision": decision,
        "refusal": REFUSALS[decision.refusal] if decision.refusal else "",
        "open_attempt": next((a for a in attempts if a.state == AssessmentAttempt.State.OPEN), None),
    }
    return render(request, "classroom/assessment_start.html", context)


def _enter(request: HttpRequest, course_code: str, unit_key: str) -> Place:
    return enter(request=request, course_code=course_code, unit_key=unit_key, kind=UnitKind.ASSESSMENT)


def _get_attempt(place: Place, number: int) -> AssessmentAttempt:
    """The learner's own attempt; anybody else's does not exist.

    Raises:
        Http404: no such attempt.
    """
    attempt = (
        place.enrolment.attempts.filter(unit_key=place.unit.key, number=number)
        .select_related("release")
        .prefetch_related("answers")
        .first()
    )
    if attempt is None:
        raise Http404
    return attempt


@require_POST
def start(request: HttpRequest, course_code: str, unit_key: str) -> HttpResponse:
    """Start an attempt, or go on with the open one."""
    try:
        place = _enter(request, course_code, unit_key)
        attempt = start_attempt(enrolment_id=place.enrolment.pk, unit_key=unit_key, at=place.at)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    except AttemptRefusedError as error:
        refusal = error.decision.refusal
        messages.error(request, REFUSALS[refusal] if refusal else "")
        return redirect("classroom:unit", course_code=course_code, unit_key=unit_key)
    answered = {answer.question_key for answer in attempt.answers.all() if answer.chosen}
    first = next((n for n, q in enumerate(drawn_of(attempt), 1) if q.key not in answered), 1)
    return redirect(_question_url(course_code, unit_key, attempt.number, first))


@require_http_methods(["GET", "POST"])
def question(
    request: HttpRequest, course_code: str, unit_key: str, number: int, position: int
) -> HttpResponse:
    """One question of an attempt. Saving goes on to the next; the last leads to the overview."""
    try:
        place = _enter(request, course_code, unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    attempt = _get_attempt(place, number)
    drawn = drawn_of(attempt)
    if not 1 <= position <= len(drawn):
        raise Http404
    if attempt.state != AssessmentAttempt.State.OPEN:
        if request.method == "POST":
            messages.error(request, _("Este intento ya se entregó. La respuesta no se guardó."))
        return redirect("classroom:result", course_code=course_code, unit_key=unit_key, number=number)
    item = drawn[position - 1]
    spec = list_questions(release=attempt.release, key=unit_key).get(item.key)
    if spec is None:
        raise Http404
    if request.method == "POST":
        saved = _save(request, attempt, spec, place)
        if saved is not None:
            return saved
        if "anterior" in request.POST and position > 1:
            return redirect(_question_url(course_code, unit_key, number, position - 1))
        if position < len(drawn):
            return redirect(_question_url(course_code, unit_key, number, position + 1))
        return redirect("classroom:review", course_code=course_code, unit_key=unit_key, number=number)
    answers = {answer.question_key: answer for answer in attempt.answers.all()}
    own = answers.get(item.key)
    context = _frame(place, attempt, position) | {
        "question": show_question(question=spec, drawn=item),
        "chosen": own.chosen if own else [],
        "is_flagged": bool(own and own.is_flagged),
        "position": position,
        "previous": position - 1 if position > 1 else None,
        "is_last": position == len(drawn),
    }
    return render(request, "classroom/assessment_question.html", context)


def _save(
    request: HttpRequest, attempt: AssessmentAttempt, spec: QuestionSpec, place: Place
) -> HttpResponse | None:
    """Save the answer; ``None`` when it went well, otherwise where to go."""
    chosen = [int(v) for v in request.POST.getlist("respuesta") if v.isascii() and v.isdigit() and len(v) < 4]
    try:
        save_answer(
            attempt_id=attempt.pk,
            question=spec,
            chosen=chosen,
            is_flagged=bool(request.POST.get("revisar")),
            at=place.at,
        )
    except AttemptClosedError:
        messages.error(request, _("Este intento ya se entregó. La respuesta no se guardó."))
        return redirect(
            "classroom:result", course_code=place.outline.code, unit_key=place.unit.key, number=attempt.number
        )
    except (AnswerError, UnknownQuestionError):
        messages.error(request, _("Esa alternativa no existe en la pregunta. Elige de nuevo."))
        return redirect(request.path)
    return None


def _frame(place: Place, attempt: AssessmentAttempt, position: int) -> dict[str, Any]:
    """What the pages of an attempt share."""
    answers = {answer.question_key: answer for answer in attempt.answers.all()}
    entries = [
        MapEntry(
            number,
            bool(answers.get(item.key) and answers[item.key].chosen),
            bool(answers.get(item.key) and answers[item.key].is_flagged),
            number == position,
        )
        for number, item in enumerate(drawn_of(attempt), 1)
    ]
    return {
        "place": place,
        "outline": place.outline,
        "unit": place.unit,
        "rule": _get_rule(place.outline),
        "attempt": attempt,
        "entries": entries,
        "answered": sum(entry.is_answered for entry in entries),
        "flagged": sum(entry.is_flagged for entry in entries),
    }


@require_GET
def review(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """Before handing in: what is answered, what is not."""
    try:
        place = _enter(request, course_code, unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    attempt = _get_attempt(place, number)
    if attempt.state != AssessmentAttempt.State.OPEN:
        return redirect("classroom:result", course_code=course_code, unit_key=unit_key, number=number)
    context = _frame(place, attempt, 0)
    context["missing"] = [entry for entry in context["entries"] if not entry.is_answered]
    return render(request, "classroom/assessment_review.html", context)


@require_POST
def hand_in(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """Hand in; a second click shows the result of the first."""
    try:
        place = _enter(request, course_code, unit_key)
        hand_in_attempt(attempt=_get_attempt(place, number), platform=current_platform(), at=place.at)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    except AttemptClosedError:
        messages.info(request, _("Este intento ya estaba entregado. Este es su resultado."))
    return redirect("classroom:result", course_code=course_code, unit_key=unit_key, number=number)


@require_GET
def result(request: HttpRequest, course_code: str, unit_key: str, number: int) -> HttpResponse:
    """The result, by competence, and what to reread."""
    try:
        place = _enter(request, course_code, unit_key)
    except NotEnrolledError:
        return redirect("classroom:continue", course_code=course_code)
    attempt = _get_attempt(place, number)
    if attempt.state == AssessmentAttempt.State.OPEN:
        return redirect("classroom:review", course_code=course_code, unit_key=unit_key, number=number)
    rule = _get_rule(place.outline)
    attempts = list_attempts(enrolment=place.enrolment, unit_key=unit_key)
    decision = decide_attempt(rule=rule, attempts=attempt_facts(attempts), lessons_finished=True, at=place.at)
    completion = getattr(place.enrolment, "completion", None)
    names = {competence.code: competence.name for competence in place.outline.competences}
    competences = [
        {
            "name": names.get(row["competence"], row["competence"]),
            "correct": row["correct"],
            "total": row["total"],
            "percent": round(row["correct"] * 100 / row["total"]),
            "is_reached": row["correct"] * 100 >= rule.pass_percent * row["total"],
        }
        for row in attempt.competences
    ]
    context = {
        "place": place,
        "outline": place.outline,
        "unit": place.unit,
        "rule": rule,
        "attempt": attempt,
        "competences": competences,
        "missed": _missed(attempt, place.outline),
        "decision": decision,
        "completion": completion,
        "certificate": find_card(fact_key=completion.public_id, on=local_date(place.at))
        if completion
        else None,
    }
    return render(request, "classroom/assessment_result.html", context)


def _missed(attempt: AssessmentAttempt, outline: CourseOutline) -> list[MissedQuestion]:
    """The questions answered wrongly, with the feedback of what was chosen. One query."""
    questions = list_questions(release=attempt.release, key=attempt.unit_key)
    answers = {answer.question_key: answer.chosen for answer in attempt.answers.all()}
    titles = {unit.key: unit.title for unit in outline.units}
    missed = []
    for number, item in enumerate(drawn_of(attempt), 1):
        spec = questions[item.key]
        chosen = frozenset(answers.get(item.key, ()))
        if chosen == spec.correct_options:
            continue
        feedback = tuple(spec.options[i].feedback for i in sorted(chosen) if not spec.options[i].correct)
        missed.append(MissedQuestion(number, spec.stem, feedback, spec.review, titles.get(spec.review, "")))
    return missed


def _question_url(course_code: str, unit_key: str, number: int, position: int) -> str:
    return reverse("classroom:question", args=[course_code, unit_key, number, position])

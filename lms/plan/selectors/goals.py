"""Training goals as their keepers see them: all of them, retired ones too, with their history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from courses.models import Course
from courses.selectors import list_courses_with_release
from lms.people.models import Institution
from lms.plan.field_words import FIELD_LABELS
from lms.plan.models import ActionPlan, Commitment, PlanChange, TrainingGoal
from lms.plan.selectors.words import estamento_name, legal_quality_name
from lms.ui.spelling import spell_date, spell_percent

CHANGES_SHOWN = 100


class GoalNotFoundError(LookupError):
    """There is no such commitment or goal."""


@dataclass(frozen=True)
class ManagedGoal:
    """A goal in the list. ``is_on_page``: the public page of its commitment shows this one."""

    goal: TrainingGoal
    course_titles: Sequence[str]
    is_on_page: bool


@dataclass(frozen=True)
class CourseChoice:
    """A course that may count for a goal; one that is not published any more may only stay."""

    code: str
    title: str
    is_published: bool


@dataclass(frozen=True)
class FieldChange:
    """One field of a change, in words. ``before`` is empty in a creation."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangeLine:
    """One change in the history of a goal. ``author`` is empty where the plan's pack made it."""

    kind: str
    author: str
    at: datetime
    fields: Sequence[FieldChange]


def get_commitment(*, plan: ActionPlan, number: int) -> Commitment:
    """One query.

    Raises:
        GoalNotFoundError: no such number in the plan.
    """
    found = Commitment.objects.filter(plan=plan, number=number).select_related("plan").first()
    if found is None:
        raise GoalNotFoundError(number)
    return found


def get_goal(*, goal_id: int) -> TrainingGoal:
    """A goal, retired or not. One query.

    Raises:
        GoalNotFoundError: there is none.
    """
    goals = TrainingGoal.objects.select_related("commitment__plan")
    found = goals.filter(pk=goal_id).first()
    if found is None:
        raise GoalNotFoundError(goal_id)
    return found


def list_course_choices(*, kept: Sequence[str] = ()) -> list[CourseChoice]:
    """Published courses by title, then those of ``kept`` that are not published any more. Two queries."""
    published = [CourseChoice(course.code, course.title, True) for course in list_courses_with_release()]
    known = {choice.code for choice in published}
    titles = dict(Course.objects.filter(code__in=kept).values_list("code", "title"))
    return published + [
        CourseChoice(code, titles.get(code, code), False) for code in kept if code not in known
    ]


def list_changes(*, goal: TrainingGoal) -> list[ChangeLine]:
    """The latest hundred changes of a goal, latest first. Two queries."""
    rows = PlanChange.objects.filter(subject=PlanChange.Subject.GOAL, object_id=goal.pk)
    changes = list(rows.select_related("changed_by")[:CHANGES_SHOWN])
    fields = spell_goal_changes(changes=changes)
    return [
        ChangeLine(
            kind=str(change.get_kind_display()),
            author=change.changed_by.get_full_name() if change.changed_by else "",
            at=change.changed_at,
            fields=fields[change.pk],
        )
        for change in changes
    ]


def spell_goal_changes(*, changes: Sequence[PlanChange]) -> dict[int, list[FieldChange]]:
    """The fields of each change of a goal in words, by its id. One query; none without changes."""
    titles = _course_titles() if changes else {}
    return {change.pk: _field_changes(change=change, titles=titles) for change in changes}


def _course_titles() -> dict[str, str]:
    return dict(Course.objects.values_list("code", "title"))


def list_managed_goals(*, commitment: Commitment) -> list[ManagedGoal]:
    """All goals of a commitment, retired ones too. Two queries."""
    goals, titles = list(commitment.goals.all()), _course_titles()
    shown = next((goal.pk for goal in goals if goal.is_active), None)
    return [
        ManagedGoal(goal, [titles.get(code, code) for code in goal.course_codes], goal.pk == shown)
        for goal in goals
    ]


def _field_changes(*, change: PlanChange, titles: Mapping[str, str]) -> list[FieldChange]:
    """In the order of the form; retiring and restoring say it all by their kind."""
    if change.kind in {PlanChange.Kind.RETIRED, PlanChange.Kind.RESTORED}:
        return []
    return [
        FieldChange(
            label=str(label),
            before=_spell(name, change.before[name], titles) if name in change.before else "",
            after=_spell(name, change.after[name], titles),
        )
        for name, label in FIELD_LABELS.items()
        if name in change.after and _says_something(name, change)
    ]


def _says_something(name: str, change: PlanChange) -> bool:
    """A creation does not list what it leaves open."""
    is_open = change.after[name] in (None, "", [])
    return not (
        change.kind == PlanChange.Kind.CREATED and is_open and name not in {"target_percent", "due_on"}
    )


def _spell(name: str, value: Any, titles: Mapping[str, str]) -> str:
    if name == "course_codes":
        return ", ".join(titles.get(code, code) for code in value)
    if name in LISTS:
        return ", ".join(LISTS[name](code) for code in value) or _("todas")
    if name in NOTHING:
        return _spell_value(value) if value not in (None, "") else str(NOTHING[name])
    if name == "audience":
        return str(TrainingGoal.Audience(value).label)
    if name in {"includes_honorarios", "is_active"}:
        return _("sí") if value else _("no")
    return str(value)


def _spell_value(value: Any) -> str:
    """A percentage, a day or words."""
    if isinstance(value, int):
        return spell_percent(percent=value)
    try:
        return spell_date(value=date.fromisoformat(value))
    except ValueError:
        return str(value)


LISTS: Mapping[str, Callable[[str], str]] = {
    "institutions": str,
    "estamentos": lambda code: estamento_name(code=code),
    "legal_qualities": lambda code: legal_quality_name(code=code),
}
NOTHING = {
    "target_percent": _lazy("sin meta"),
    "due_on": _lazy("sin plazo"),
    "baseline_percent": _lazy("sin línea base"),
    "baseline_on": _lazy("sin fecha"),
    "baseline_source": _lazy("sin fuente"),
}


def population_lines(*, goal: TrainingGoal) -> list[str]:
    """Who is counted, in words, one sentence each. One query where institutions are named."""
    if goal.audience == TrainingGoal.Audience.CITIZENS:
        return [
            _("Ciudadanía: quienes completaron por su cuenta. No hay dotación, así que no hay porcentaje.")
        ]
    lines = []
    if goal.institutions:
        found = Institution.objects.filter(code__in=goal.institutions).values_list("name", flat=True)
        lines.append(_("Solo estas instituciones: %(names)s.") % {"names": ", ".join(sorted(found))})
    if goal.estamentos:
        names = [estamento_name(code=code) for code in goal.estamentos]
        lines.append(_("Solo estos estamentos: %(names)s.") % {"names": ", ".join(names)})
    if goal.legal_qualities:
        names = [legal_quality_name(code=code) for code in goal.legal_qualities]
        lines.append(_("Solo estas calidades jurídicas: %(names)s.") % {"names": ", ".join(names)})
    return lines

"""What a person did in a course so far, in one query."""

from dataclasses import dataclass, field

from django.db.models import BooleanField, IntegerField, TextField, Value

from lms.progress.models import Enrolment, UnitNote

FINISHED, DILEMMA, CHECK, NOTE = "finished", "dilemma", "check", "note"


@dataclass(frozen=True)
class GivenAnswer:
    """The latest answer to a practice question."""

    option: int
    is_right: bool


@dataclass(frozen=True)
class Steps:
    """``finished`` and ``dilemmas``: keys of units; ``answers``: by the key of the question.

    ``note``: the person's own in the unit that was asked for.
    """

    finished: frozenset[str] = frozenset()
    dilemmas: frozenset[str] = frozenset()
    answers: dict[str, GivenAnswer] = field(default_factory=dict)
    note: str = ""


def read_steps(*, enrolment: Enrolment, note_of: str = "") -> Steps:
    """Units finished, dilemmas worked through, practice questions answered, a note. One query.

    Args:
        note_of: the key of a unit.
    """
    option, is_right, text = Value(None, IntegerField()), Value(None, BooleanField()), Value("", TextField())
    checks = enrolment.check_answers.values_list(Value(CHECK), "check_key", "option", "is_right", text)
    finished = enrolment.unit_results.values_list(Value(FINISHED), "unit_key", option, is_right, text)
    dilemmas = enrolment.dilemma_runs.values_list(Value(DILEMMA), "unit_key", option, is_right, text)
    notes = UnitNote.objects.filter(
        person=enrolment.person_id, course=enrolment.course_id, unit_key=note_of
    ).values_list(Value(NOTE), "unit_key", option, is_right, "text")
    rows = list(checks.union(finished, dilemmas, notes, all=True))
    return Steps(
        finished=frozenset(key for kind, key, *_rest in rows if kind == FINISHED),
        dilemmas=frozenset(key for kind, key, *_rest in rows if kind == DILEMMA),
        answers={key: GivenAnswer(option, right) for kind, key, option, right, _ in rows if kind == CHECK},
        note=next((row[-1] for row in rows if row[0] == NOTE), ""),
    )

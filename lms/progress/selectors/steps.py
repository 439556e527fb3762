"""What a person did in a course so far, in one query."""

from dataclasses import dataclass, field

from django.db.models import BooleanField, IntegerField, Value

from lms.progress.models import Enrolment

FINISHED, DILEMMA, CHECK = "finished", "dilemma", "check"


@dataclass(frozen=True)
class GivenAnswer:
    """The latest answer to a practice question."""

    option: int
    is_right: bool


@dataclass(frozen=True)
class Steps:
    """``finished`` and ``dilemmas``: keys of units; ``answers``: by the key of the question."""

    finished: frozenset[str] = frozenset()
    dilemmas: frozenset[str] = frozenset()
    answers: dict[str, GivenAnswer] = field(default_factory=dict)


def read_steps(*, enrolment: Enrolment) -> Steps:
    """Units finished, dilemmas worked through and practice questions answered. One query."""
    option, is_right = Value(None, IntegerField()), Value(None, BooleanField())
    checks = enrolment.check_answers.values_list(Value(CHECK), "check_key", "option", "is_right")
    finished = enrolment.unit_results.values_list(Value(FINISHED), "unit_key", option, is_right)
    dilemmas = enrolment.dilemma_runs.values_list(Value(DILEMMA), "unit_key", option, is_right)
    rows = list(checks.union(finished, dilemmas, all=True))
    return Steps(
        finished=frozenset(key for kind, key, *_rest in rows if kind == FINISHED),
        dilemmas=frozenset(key for kind, key, *_rest in rows if kind == DILEMMA),
        answers={key: GivenAnswer(option, right) for kind, key, option, right in rows if kind == CHECK},
    )

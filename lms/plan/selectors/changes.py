"""The history of a plan and its commitments: every change in words, any version, any two compared."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from lms.lib.word_changes import Piece, compare_words
from lms.people.models import Institution
from lms.plan.field_words import FIELD_LABELS, LONG_TEXTS, FieldNames, spell_parts, spell_value
from lms.plan.models import ActionPlan, Commitment, PlanChange, ThematicTable
from lms.plan.selectors.goals import spell_goal_changes

Subject = PlanChange.Subject


class VersionNotFoundError(LookupError):
    """The plan or commitment never had a version of that number."""


@dataclass(frozen=True)
class FieldDifference:
    """One field before and after. ``pieces``: the words that went and came, of a long text."""

    label: str
    before: str
    after: str
    pieces: Sequence[Piece] = ()


@dataclass(frozen=True)
class HistoryLine:
    """One change for everybody: when and what, never who. ``from_pack``: installed with the plan's pack."""

    version: int
    at: datetime
    subject: str
    kind: str
    label: str
    reason: str
    from_pack: bool
    number: int | None
    differences: Sequence[FieldDifference]


@dataclass(frozen=True)
class Version:
    """A plan or commitment as it was: fields in words, those without a value too."""

    number: int
    at: datetime
    fields: Sequence[tuple[str, str]]


def plan_changes(*, plan: ActionPlan) -> QuerySet[PlanChange]:
    """Changes of the plan and of all that is in it, latest first; not evaluated."""
    return PlanChange.objects.filter(plan=plan).select_related("commitment")


def own_changes(*, plan: ActionPlan, commitment: Commitment | None = None) -> QuerySet[PlanChange]:
    """Changes that raised the version of a commitment, or of the plan itself; latest first, not evaluated."""
    return PlanChange.objects.filter(plan=plan, commitment=commitment).select_related("commitment")


def describe_changes(*, changes: Iterable[PlanChange]) -> list[HistoryLine]:
    """In words. Five queries at most, however many changes."""
    changes = list(changes)
    names = _names_in(changes)
    goals = spell_goal_changes(changes=[c for c in changes if c.subject == Subject.GOAL])
    return [
        HistoryLine(
            version=change.version,
            at=change.changed_at,
            subject=str(change.get_subject_display()),
            kind=str(change.get_kind_display()),
            label=change.label,
            reason=change.reason,
            from_pack=change.from_pack,
            number=change.commitment.number if change.commitment else None,
            differences=(
                [FieldDifference(f.label, f.before, f.after) for f in goals[change.pk]]
                if change.pk in goals
                else _differences(change.before, change.after, names)
            ),
        )
        for change in changes
    ]


def get_version(*, plan: ActionPlan, commitment: Commitment | None = None, number: int) -> Version:
    """The fields of a commitment, else of the plan itself, in version ``number``. Five queries at most.

    Raises:
        VersionNotFoundError: see there.
    """
    values, at = _fold(plan=plan, commitment=commitment, number=number)
    names = _names([values])
    fields = [
        (str(label), spell_value(name=name, value=values[name], names=names))
        for name, label in FIELD_LABELS.items()
        if name in values
    ]
    return Version(number, at, fields)


def compare_versions(
    *, plan: ActionPlan, commitment: Commitment | None = None, first: int, second: int
) -> list[FieldDifference]:
    """What two versions of a commitment, else of the plan itself, say differently. Six queries at most.

    Raises:
        VersionNotFoundError: see there.
    """
    before, _at = _fold(plan=plan, commitment=commitment, number=first)
    after, _at = _fold(plan=plan, commitment=commitment, number=second)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    return _differences(
        {name: before.get(name) for name in changed},
        {name: after.get(name) for name in changed},
        _names([before, after]),
    )


def _fold(*, plan: ActionPlan, commitment: Commitment | None, number: int) -> tuple[dict[str, Any], datetime]:
    """All that the changes of the plan or commitment itself wrote up to a version. One query."""
    subject = Subject.COMMITMENT if commitment else Subject.PLAN
    values: dict[str, Any] = {}
    last: PlanChange | None = None
    for change in own_changes(plan=plan, commitment=commitment).filter(version__lte=number).order_by("pk"):
        last = change
        if change.subject == subject and change.kind != PlanChange.Kind.REPORTED:
            values |= change.after
    if last is None or last.version != number:
        raise VersionNotFoundError(number)
    return values, last.changed_at


def _differences(before: dict[str, Any], after: dict[str, Any], names: FieldNames) -> list[FieldDifference]:
    found = []
    for name, label in FIELD_LABELS.items():
        if name not in after:
            continue
        had = before.get(name) not in (None, "", [], {})
        old = spell_value(name=name, value=before[name], names=names) if had else ""
        new = spell_value(name=name, value=after[name], names=names)
        if had and old == new:
            new = spell_parts(before=before[name], after=after[name])
        is_text = name in LONG_TEXTS and old and after[name]
        pieces = compare_words(before=old, after=new) if is_text else ()
        found.append(FieldDifference(str(label), old, new, pieces))
    return found


def _names_in(changes: Sequence[PlanChange]) -> FieldNames:
    return _names([values for change in changes for values in (change.before, change.after)])


def _names(values: Sequence[dict[str, Any]]) -> FieldNames:
    """What the ids in them stand for: one query for each kind that appears."""
    institutions = _ids(values, "institution_id", "reporting_institutions")
    plans, tables = _ids(values, "adheres_to_id", "follows_id"), _ids(values, "table_id")
    commitments = _ids(values, "related")
    return FieldNames(
        institutions=_read(Institution.objects.filter(pk__in=institutions), "name") if institutions else {},
        plans=_read(ActionPlan.objects.public().filter(pk__in=plans), "title") if plans else {},
        tables=_read(ThematicTable.objects.filter(pk__in=tables), "name") if tables else {},
        commitments=_read(_public_commitments().filter(pk__in=commitments), "title") if commitments else {},
    )


def _public_commitments() -> QuerySet[Commitment]:
    return Commitment.objects.exclude(plan__status=ActionPlan.Status.DRAFT)


def _ids(values: Sequence[dict[str, Any]], *fields: str) -> set[int]:
    found: set[int] = set()
    for one in values:
        for name in fields:
            value = one.get(name)
            found.update(value if isinstance(value, list) else [value] if value else [])
    return found


def _read(rows: QuerySet[Any], name: str) -> dict[int, str]:
    return dict(rows.values_list("pk", name))


def find_commitment(*, plan: ActionPlan, number: int) -> Commitment | None:
    """One query."""
    found = Commitment.objects.filter(Q(plan=plan), number=number).first()
    if found:
        found.plan = plan
    return found

"""Which rows of which tables go over from one person to another, and back.

Other apps are known by their keys only. Of two rows that cannot both be of one person (the same
workshop, the same declaration) one stays with the merged record. A model whose rows have a
``merge_rank`` decides which: the lower goes with the person who is kept. Elsewhere it is the kept
person's own.
"""

from collections import Counter
from collections.abc import Iterator

from django.db import models

from lms.people.models import Person
from lms.people.selectors.records import list_relations
from lms.people.services.unique_rows import Pointer, Rival, find_rivals, key_of, move_rows, swap_rows

Keys = dict[str, list[str]]
"""Of rows, by ``app.model.field``."""

STAYS = frozenset({"people.personmerge", "progress.assignedtraining", "api.trace"})
"""Drawn or noted anew for each of both, and the merges themselves."""


def _relations() -> Iterator[tuple[str, type[models.Model], Pointer]]:
    for relation in list_relations(model=Person):
        model, pointer = relation.related_model, relation.field
        if model._meta.label_lower not in STAYS:
            yield f"{model._meta.label_lower}.{pointer.name}", model, pointer


def move_everything(*, merged: Person, kept: Person) -> tuple[Keys, Keys]:
    """``(what went over, what went the other way)``. At least two queries per table that points at people."""
    over: Keys = {}
    back: Keys = {}
    for name, model, pointer in _relations():
        rivals = find_rivals(model=model, pointer=pointer, of=merged, against=kept)
        rows = dict(model._base_manager.filter(**{pointer.name: merged}).values_list("pk", key_of(model)))
        free = [pk for pk in rows if pk not in rivals]
        move_rows(model=model, pointer=pointer, ids=free, person=kept)
        better = {pk: rival for pk, rival in rivals.items() if _is_better(rival)}
        for rival in better.values():
            back.setdefault(name, []).append(str(getattr(rival.other, key_of(model))))
            swap_rows(pointer=pointer, rival=rival)
        if free or better:
            over[name] = [str(rows[pk]) for pk in (*free, *better)]
    return over, back


def _is_better(rival: Rival) -> bool:
    mine, other = getattr(rival.row, "merge_rank", None), getattr(rival.other, "merge_rank", None)
    return mine is not None and other is not None and bool(mine < other)


def put_everything_back(*, kept: Person, merged: Person, rows: Keys, swapped: Keys) -> Counter[str]:
    """How many rows of each table, by its name, could not go back."""
    left: Counter[str] = Counter()
    for name, model, pointer in _relations():
        if wanted := set(rows.get(name, ())):
            went = set(swapped.get(name, ()))
            back = _put_back(model, pointer, wanted, went, kept, merged)
            left[str(model._meta.verbose_name)] += len(wanted) - back
    return +left


def _put_back(
    model: type[models.Model],
    pointer: Pointer,
    wanted: set[str],
    went: set[str],
    kept: Person,
    merged: Person,
) -> int:
    here = model._base_manager.filter(**{pointer.name: kept}).values_list("pk", key_of(model))
    ids = [pk for pk, key in here if str(key) in wanted]
    rivals = find_rivals(model=model, pointer=pointer, of=kept, against=merged, ids=ids)
    free = [pk for pk in ids if pk not in rivals]
    move_rows(model=model, pointer=pointer, ids=free, person=merged)
    swaps = [rival for rival in rivals.values() if str(getattr(rival.other, key_of(model))) in went]
    for rival in swaps:
        swap_rows(pointer=pointer, rival=rival)
    return len(free) + len(swaps)

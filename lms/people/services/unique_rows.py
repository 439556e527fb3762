"""Moving rows from one person to another without breaking what a table says is unique."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from lms.people.models import Person

ROWS = 900
"""Rows in one statement; SQLite takes 999 values in a condition."""

Pointer = models.Field[Any, Any]


@dataclass(frozen=True)
class Rival:
    """A row of one person, and that of the other which keeps it from going over."""

    row: models.Model
    other: models.Model


def key_of(model: type[models.Model]) -> str:
    """By what a row is known even after it was written anew: its public id, where it has one."""
    return "public_id" if any(field.name == "public_id" for field in model._meta.concrete_fields) else "pk"


def find_rivals(
    *,
    model: type[models.Model],
    pointer: Pointer,
    of: Person,
    against: Person,
    ids: Sequence[int] | None = None,
) -> dict[int, Rival]:
    """Rows (``ids``: only these) of one person that the other has too. Two queries per unique constraint."""
    rivals: dict[int, Rival] = {}
    for fields, condition in _uniques(model, pointer):
        rows = model._base_manager.filter(condition)
        theirs = {_values(row, fields): row for row in rows.filter(**{pointer.name: against})}
        if not theirs:
            continue
        for row in rows.filter(**{pointer.name: of}):
            other = theirs.get(_values(row, fields))
            if other is not None and None not in _values(row, fields) and (ids is None or row.pk in ids):
                rivals.setdefault(row.pk, Rival(row, other))
    return rivals


def move_rows(*, model: type[models.Model], pointer: Pointer, ids: Sequence[int], person: Person) -> None:
    """Make these rows point at the person. One query per 900."""
    for start in range(0, len(ids), ROWS):
        part = ids[start : start + ROWS]
        model._base_manager.filter(pk__in=part).update(**{pointer.name: person})


def swap_rows(*, pointer: Pointer, rival: Rival) -> None:
    """Each of both goes to the other's person. Written anew, for on the way neither place is free."""
    row, other = rival.row, rival.other
    manager = type(row)._base_manager
    mine, theirs = getattr(row, pointer.attname), getattr(other, pointer.attname)
    manager.filter(pk__in=[row.pk, other.pk]).delete()
    for one, person_id in ((row, theirs), (other, mine)):
        setattr(one, pointer.attname, person_id)
    manager.bulk_create([row, other])


def _uniques(model: type[models.Model], pointer: Pointer) -> Iterator[tuple[tuple[str, ...], Q]]:
    """What is unique per person: the other fields, and of which rows."""
    if pointer.unique:
        yield (), Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and pointer.name in constraint.fields:
            others = tuple(name for name in constraint.fields if name != pointer.name)
            yield others, constraint.condition or Q()


def _values(row: models.Model, fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in fields)  # type: ignore[union-attr]

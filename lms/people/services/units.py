"""Writing the units of an institution: create, rename, hang elsewhere, close, open again."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from lms.people.models import Institution, Posting, Unit
from lms.people.rules import makes_circle
from lms.people.selectors.places import unit_parents


class UnitError(Exception):
    """The unit cannot be written like this."""


class UnitCodeTakenError(UnitError):
    """The institution has a unit with that code."""


class UnitCircleError(UnitError):
    """It would hang from itself or from one of its own."""


class UnitElsewhereError(UnitError):
    """The other unit is of another institution, or closed."""


class UnitHasPeopleError(UnitError):
    """People work in it on the day after, or are going to."""


class UnitHasUnitsError(UnitError):
    """Units that are open hang from it."""


@transaction.atomic
def create_unit(*, institution: Institution, code: str, name: str, parent: Unit | None) -> Unit:
    """A new unit.

    Raises:
        UnitCodeTakenError, UnitElsewhereError: see there.
    """
    _lock(institution.pk)
    if Unit.objects.filter(institution=institution, code__iexact=code).exists():
        raise UnitCodeTakenError
    _check_parent(institution.pk, parent)
    return Unit.objects.create(institution=institution, code=code, name=name, parent=parent)


@transaction.atomic
def change_unit(*, unit_id: int, name: str, parent: Unit | None) -> tuple[Unit, bool]:
    """``(unit, has_moved)``: its name, and the unit from which it hangs.

    Raises:
        UnitCircleError, UnitElsewhereError: see there.
    """
    unit = Unit.objects.get(pk=unit_id)
    _lock(unit.institution_id)
    has_moved = unit.parent_id != (parent.pk if parent else None)
    if has_moved:
        _check_parent(unit.institution_id, parent)
        tree = unit_parents(institution_ids=[unit.institution_id])
        if makes_circle(child=unit.pk, parent=parent.pk if parent else None, parent_of=tree):
            raise UnitCircleError
    unit.name, unit.parent = name, parent
    unit.save(update_fields=["name", "parent"])
    return unit, has_moved


@transaction.atomic
def close_unit(*, unit_id: int, last_day: date) -> Unit:
    """From the day after nobody can be put into it. What was, stays.

    Raises:
        UnitHasPeopleError, UnitHasUnitsError: see there.
    """
    unit = Unit.objects.get(pk=unit_id)
    _lock(unit.institution_id)
    if Unit.objects.filter(parent=unit, valid_until__isnull=True).exists():
        raise UnitHasUnitsError
    later = Q(valid_until__isnull=True) | Q(valid_until__gt=last_day)
    if Posting.objects.filter(later, unit=unit, person__merged_into__isnull=True).exists():
        raise UnitHasPeopleError
    unit.valid_until = last_day
    unit.save(update_fields=["valid_until"])
    return unit


@transaction.atomic
def reopen_unit(*, unit_id: int) -> Unit:
    """It is open again, as if it had never been closed."""
    unit = Unit.objects.get(pk=unit_id)
    unit.valid_until = None
    unit.save(update_fields=["valid_until"])
    return unit


def _lock(institution_id: int) -> None:
    """Two who change one tree wait for each other: neither closes a circle with the other."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution_id)


def _check_parent(institution_id: int, parent: Unit | None) -> None:
    if parent is not None and (parent.institution_id != institution_id or parent.valid_until is not None):
        raise UnitElsewhereError

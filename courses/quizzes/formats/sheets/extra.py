"""What the plain columns of a row cannot say, as JSON in its last cell.

It has the fields of the kind's JSON, but only those that differ from what the plain columns say; in
place of a list, an object with the positions (from 1) of the items that differ. So whoever changes
a plain cell changes the question, whatever stands in the last one::

    {"shuffle": false, "options": {"4": {"is_pinned": true}}}
"""

from typing import Any

from courses.quizzes.formats.sheets.cells import tidy

SAME: Any = object()


class ExtraError(ValueError):
    """It does not fit the row."""


def find_extra(full: Any, plain: Any) -> Any:
    """What has to be laid over ``plain`` to have ``full``; ``SAME`` where nothing has."""
    if isinstance(full, str) and isinstance(plain, str) and tidy(full) == plain:
        return SAME
    if isinstance(full, dict) and isinstance(plain, dict):
        pairs = ((name, find_extra(value, plain.get(name, SAME))) for name, value in full.items())
        found = {name: value for name, value in pairs if value is not SAME}
        return found or SAME
    if isinstance(full, list) and isinstance(plain, list) and len(full) == len(plain):
        each = (find_extra(ours, theirs) for ours, theirs in zip(full, plain, strict=True))
        found = {str(place): value for place, value in enumerate(each, 1) if value is not SAME}
        return found or SAME
    return SAME if full == plain and type(full) is type(plain) else full


def lay_over(plain: Any, extra: Any) -> Any:
    """The inverse of :func:`find_extra`. A position that is no longer there is passed over.

    Raises:
        ExtraError: the name of a position is no number.
    """
    if not isinstance(extra, dict):
        return extra
    if isinstance(plain, dict):
        return plain | {name: lay_over(plain.get(name), value) for name, value in extra.items()}
    if not isinstance(plain, list):
        return extra
    items = list(plain)
    for place, value in extra.items():
        if not (place.isascii() and place.isdigit() and len(place) < 4):
            raise ExtraError(place[:40])
        if 1 <= int(place) <= len(items):
            items[int(place) - 1] = lay_over(items[int(place) - 1], value)
    return items

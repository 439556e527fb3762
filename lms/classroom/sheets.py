"""Several lessons on one page: their blocks read together, without anybody's answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from courses.glossary import keep_apart
from courses.selectors import to_stream
from lms.classroom.lessons import Part, build_parts
from lms.integrity.selectors.inserts import get_insert
from lms.people.policy import Viewer


@dataclass(frozen=True)
class Shown:
    """The blocks of a lesson, or some of them, and the words explained in these.

    ``terms``: ``term``, ``anchor``, ``definition`` and ``source``. Anchors are unique on the page.
    """

    parts: Sequence[Part]
    terms: Sequence[Mapping[str, str]]


def read_together(
    *, payloads: Sequence[Mapping[str, Any]], viewer: Viewer, person_id: int, day: date
) -> list[Shown]:
    """What each of the frozen lessons shows to the person, read as one stream.

    Queries: two for the institution where a lesson shows something of it, and one per kind of chosen
    object (laws, files), however many lessons.
    """
    apart = [
        keep_apart(payload["body"], payload.get("terms", ()), number=number)
        for number, payload in enumerate(payloads, 1)
    ]
    parts = _read_parts([block for body, _terms in apart for block in body], viewer, person_id, day)
    shown, start = [], 0
    for body, terms in apart:
        shown.append(Shown(parts[start : start + len(body)], terms))
        start += len(body)
    return shown


def _read_parts(body: list[dict[str, Any]], viewer: Viewer, person_id: int, day: date) -> list[Part]:
    insert = get_insert(
        kinds={block["type"] for block in body},
        institution_id=viewer.institution_id,
        institution_name=viewer.institution_name,
        person_id=person_id,
        day=day,
    )
    return build_parts(stream=to_stream(body), answers={}, insert=insert)

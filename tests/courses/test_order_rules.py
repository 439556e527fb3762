"""The order of a course, one step at a time."""

import pytest

from courses.authoring.rules import BrokenOrderError, move_entry, read_entry, read_order

START = "m1 l1 l2 m2 l3 m3"


@pytest.mark.parametrize(
    ("step", "after"),
    [
        ("subir l2", "m1 l2 l1 m2 l3 m3"),
        ("bajar l1", "m1 l2 l1 m2 l3 m3"),
        ("bajar l2", "m1 l1 m2 l2 l3 m3"),
        ("subir l3", "m1 l1 l2 l3 m2 m3"),
        ("bajar l3", "m1 l1 l2 m2 m3 l3"),
        ("subir l1", START),
        ("bajar m1", "m2 l3 m1 l1 l2 m3"),
        ("subir m2", "m2 l3 m1 l1 l2 m3"),
        ("bajar m2", "m1 l1 l2 m3 m2 l3"),
        ("subir m1", START),
        ("bajar m3", START),
        ("bajar l9", START),
    ],
)
def test_a_step_moves_a_lesson_or_a_module_with_its_lessons(step: str, after: str) -> None:
    direction, entry = step.split()
    order = move_entry(read_order(START.split()), read_entry(entry), up=direction == "subir")
    assert " ".join(map(str, order)) == after


@pytest.mark.parametrize(
    "sent", ["l1 m1", "m1 m1", "m1 l1 l1", "x1", "m", "m-1", "m1 l²", "m999999999999", "m1 l1\x00"]
)
def test_what_is_no_order_is_refused(sent: str) -> None:
    with pytest.raises(BrokenOrderError):
        read_order(sent.split(" "))

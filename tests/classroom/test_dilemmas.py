"""Playing a dilemma: roles, what comes back, and another chance."""

import pytest

from lms.classroom.dilemmas import BrokenPathError, Play, decide, parse_path, play


def choice(key: str, following: str = "") -> dict:
    return {"key": key, "recap": f"Elegiste {key}.", "next": following}


STORY = {
    "start": "meson",
    "roles": [],
    "scenes": [
        {"key": "meson", "choices": [choice("a", "enero"), choice("b")], "echoes": []},
        {
            "key": "enero",
            "choices": [choice("a"), choice("b")],
            "echoes": [
                {"after": "meson:a", "text": "La fila se acuerda."},
                {"after": "oficina:a", "text": "Otra."},
            ],
        },
        {"key": "oficina", "choices": [choice("a", "enero")], "echoes": []},
    ],
}
ROLES = [{"key": "tu", "start": ""}, {"key": "jefa", "start": "oficina"}]
WITH_ROLES = STORY | {"roles": ROLES}


def walk(text: str, story: dict = STORY) -> Play:
    return play(dilemma=story, path=parse_path(text))


def test_a_story_without_roles_begins_with_its_scene() -> None:
    start = walk("")
    assert start.scene["key"] == "meson" and not start.needs_role and not start.is_over


def test_a_story_with_roles_asks_first_whose_place_one_takes() -> None:
    assert walk("", WITH_ROLES).needs_role
    taken = decide(dilemma=WITH_ROLES, played=walk("", WITH_ROLES), choice="jefa")
    assert (taken.role["key"], taken.scene["key"], taken.path) == ("jefa", "oficina", "papel:jefa")


def test_a_role_without_a_beginning_of_its_own_has_that_of_all() -> None:
    assert walk("papel:tu", WITH_ROLES).scene["key"] == "meson"


def test_the_role_is_no_decision() -> None:
    assert walk("papel:tu,meson:b", WITH_ROLES).decisions == (("meson", "b"),)


def test_what_was_decided_comes_back_in_a_later_scene_and_nothing_else_does() -> None:
    later = walk("meson:a")
    assert later.echoes(later.scene["echoes"]) == ["La fila se acuerda."]
    ended = walk("meson:b")
    assert ended.is_over and ended.echoes(
        [{"after": "meson:b", "text": "Sí."}, {"after": "meson:a", "text": "No."}]
    ) == ["Sí."]


def test_every_decision_can_be_gone_back_to() -> None:
    ended = walk("papel:tu,meson:a,enero:b", WITH_ROLES)
    assert [step.before for step in ended.steps] == ["papel:tu", "papel:tu,meson:a"]
    assert walk(ended.steps[1].before, WITH_ROLES).scene["key"] == "enero"


@pytest.mark.parametrize(
    ("text", "story"),
    [
        ("enero:a", STORY), ("meson:z", STORY), ("meson:b,enero:a", STORY), ("papel:tu", STORY),
        ("meson:a", WITH_ROLES), ("papel:nadie", WITH_ROLES), ("papel:tu,papel:jefa", WITH_ROLES),
    ],
)  # fmt: skip
def test_a_path_that_cannot_be_is_broken(text: str, story: dict) -> None:
    with pytest.raises(BrokenPathError):
        walk(text, story)


@pytest.mark.parametrize("story", [STORY, WITH_ROLES])
def test_a_choice_that_is_not_offered_is_broken(story: dict) -> None:
    with pytest.raises(BrokenPathError):
        decide(dilemma=story, played=walk("", story), choice="\x00")

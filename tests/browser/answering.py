"""An answer put into an assessment's page, with the pointer or with the keyboard alone."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.keyboard import by_name, by_row, tab_to


@dataclass(frozen=True)
class Pick:
    """A box or a circle with this value."""

    field: str
    value: str


@dataclass(frozen=True)
class Select:
    """The line of a list, from 1; the first line, 0, says «Elige»."""

    field: str
    line: int


@dataclass(frozen=True)
class Write:
    field: str
    text: str


Entry = Pick | Select | Write


def list_entries(name: str, filled: Any, kind: str) -> list[Entry]:
    """What to do in the fields ``name…`` so that they hold ``filled``, in terms of what is shown."""
    if kind == "true_false":
        truth = "si" if filled["truth"] else "no"
        return [Pick(name, truth), Pick(f"{name}-razon", str(filled["reason"]))]
    if kind == "matching":
        return [Select(f"{name}-{place}", right + 1) for place, right in enumerate(filled)]
    if kind == "numeric":
        return [Write(name, filled["text"]), Select(f"{name}-unidad", filled["unit"] + 1)]
    if kind in ("short_text", "open"):
        return [Write(name, filled)]
    if kind == "cloze":
        return [Write(f"{name}-p0", filled[0]), Select(f"{name}-p1", filled[1][0] + 1)]
    if kind == "case":
        number, chosen = filled
        return [*list_entries(f"{name}-p0", number, "numeric"), *_picks(f"{name}-p1", chosen)]
    return _picks(name, filled)


def _picks(name: str, chosen: list[int]) -> list[Entry]:
    return [Pick(name, str(place)) for place in chosen]


def give(page: Page, position: int, filled: Any, kind: str) -> None:
    """With the pointer; what is put in order goes up by its button."""
    name = f"q{position}"
    if kind == "ordering":
        for place in range(1, len(filled) + 1):
            row = find_row(page, filled, name, place)
            for _step in range(len(filled)):
                if row.locator("input").input_value() == str(place):
                    break
                row.get_by_role("button", name="Subir").press("Enter")
        return
    for entry in list_entries(name, filled, kind):
        if isinstance(entry, Pick):
            page.locator(f"[name={entry.field}][value='{entry.value}']").check()
        elif isinstance(entry, Select):
            page.locator(f"[name={entry.field}]").select_option(index=entry.line)
        else:
            page.locator(f"[name={entry.field}]").fill(entry.text)


def find_row(page: Page, places: list[int], name: str, place: int) -> Locator:
    """The row of an ordering that belongs at ``place``, from 1."""
    field = page.locator(f"[name={name}-{places.index(place)}]")
    return page.locator("[data-ordering] li").filter(has=field)


def press(page: Page, position: int, filled: Any, kind: str) -> None:
    """With Tab, Space, arrows and letters, from where the focus is."""
    name = f"q{position}"
    if kind == "ordering":
        for place in range(1, len(filled) + 1):
            row = find_row(page, filled, name, place).locator("input")
            if row.input_value() != str(place):
                tab_to(page, by_row(f"{name}-{filled.index(place)}", "Subir"))
            while row.input_value() != str(place):
                page.keyboard.press("Enter")
        return
    for entry in list_entries(name, filled, kind):
        if isinstance(entry, Pick):
            _press_pick(page, entry)
        else:
            tab_to(page, by_name(entry.field))
            if isinstance(entry, Write):
                page.keyboard.type(entry.text)
            else:
                for _line in range(entry.line):
                    page.keyboard.press("ArrowDown")


def _press_pick(page: Page, entry: Pick) -> None:
    wanted = page.locator(f"[name={entry.field}][value='{entry.value}']")
    if wanted.get_attribute("type") == "checkbox":
        tab_to(page, lambda focus: (focus["name"], focus["value"]) == (entry.field, entry.value))
        page.keyboard.press("Space")
        return
    tab_to(page, by_name(entry.field))
    page.keyboard.press("Space")
    while not wanted.is_checked():
        page.keyboard.press("ArrowDown")

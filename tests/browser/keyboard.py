"""Tab by Tab: each place one reaches must be seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

MANY = 80

FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
    const middle = [box.left + box.width / 2, box.top + box.height / 2];
    const top = document.elementFromPoint(...middle);
    return {
        text: (at.getAttribute("aria-label") || at.innerText || at.name || at.id || "").trim().slice(0, 60),
        tag: at.tagName.toLowerCase(),
        name: at.name || "",
        value: at.value || "",
        row: at.closest("li")?.querySelector("input")?.name || "",
        outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        uncovered: !!top && (at.contains(top) || top.contains(at) || !!top.closest("label")?.contains(at)),
    };
}"""


def tab(page: Page) -> dict[str, object]:
    """One step with Tab; the place reached must be visible: outlined, on the screen, under nothing."""
    page.keyboard.press("Tab")
    return seen(page)


def seen(page: Page) -> dict[str, object]:
    """Where the focus is."""
    focus: dict[str, object] | None = page.evaluate(FOCUS)
    assert focus, f"{page.url}: el foco se perdió"
    problems = [name for name in ("outlined", "inside", "uncovered") if not focus[name]]
    assert not problems, f"{page.url}: {problems} {focus}"
    return focus


def tab_to(page: Page, wanted: Callable[[dict[str, object]], bool]) -> None:
    """Tab until something is reached; never more often than a patient person would."""
    for _step in range(MANY):
        if wanted(tab(page)):
            return
    pytest.fail("No se llega con el tabulador")


def by_text(text: str) -> Callable[[dict[str, object]], bool]:
    """What begins with these words."""
    return lambda focus: str(focus["text"]).startswith(text)


def by_name(name: str) -> Callable[[dict[str, object]], bool]:
    """The field of a form."""
    return lambda focus: focus["name"] == name


def by_row(name: str, text: str) -> Callable[[dict[str, object]], bool]:
    """A button in the row of a list whose field has this name."""
    return lambda focus: focus["row"] == name and str(focus["text"]).startswith(text)

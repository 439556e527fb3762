"""Filling in Wagtail's forms as an author does: rows, blocks, choosers, rich text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, TimeoutError, expect

MENU_MILLISECONDS = 5_000


@dataclass(frozen=True)
class Piece:
    """A block of a stream: its name in the menu, and what is filled into it."""

    label: str
    value: Any


@dataclass(frozen=True)
class Chosen:
    """What is picked in a chooser's window, by its title."""

    title: str


@dataclass(frozen=True)
class Uploaded:
    """A file handed in through a chooser's window, under a title."""

    title: str
    file: Path


def fill(page: Page, name: str, value: Any) -> None:
    """Put ``value`` where the form calls it ``name``: structures field by field, lists row by row."""
    if isinstance(value, Mapping):
        for field, inner in value.items():
            fill(page, f"{name}-{field}", inner)
    elif isinstance(value, Chosen | Uploaded):
        choose(page, name, value)
    elif isinstance(value, list):
        _fill_rows(page, name, value)
    else:
        _fill_field(page, name, value)


def choose(page: Page, name: str, wanted: Chosen | Uploaded) -> None:
    """Open the chooser, pick or upload, and see what was chosen."""
    chooser = page.locator(f"[id='{name}-chooser'], [id='id_{name}-chooser']")
    chooser.locator("[data-chooser-action-choose]").first.click()
    window = page.get_by_role("dialog")
    if isinstance(wanted, Uploaded):
        window.get_by_role("tab", name="Subir").click()
        window.locator("input[type=file]").set_input_files(wanted.file)
        window.locator("input[name$=-title]").fill(wanted.title)
        window.get_by_role("button", name="Subir").click()
    else:
        window.locator("[data-chooser-modal-choice]").filter(has_text=wanted.title).first.click()
    expect(window).to_have_count(0)
    expect(chooser).to_contain_text(wanted.title)


def _fill_rows(page: Page, name: str, rows: Sequence[Any]) -> None:
    count = page.locator(f"[name='{name}-count']")
    for place, row in enumerate(rows):
        if isinstance(row, Piece):
            _insert(page, count, row.label)
            fill(page, f"{name}-{place}-value", row.value)
            continue
        if int(count.input_value()) <= place:
            count.locator("xpath=following-sibling::*[@data-streamfield-list-container]").locator(
                "> [data-streamfield-list-add]"
            ).last.click()
        fill(page, f"{name}-{place}-value", row)


def _insert(page: Page, count: Locator, label: str) -> None:
    stream = count.locator("xpath=following-sibling::*[@data-streamfield-stream-container]")
    button, option = (
        stream.locator("> div > .c-sf-add-button").last,
        page.get_by_role("option", name=label, exact=True),
    )
    button.click()
    try:
        option.wait_for(timeout=MENU_MILLISECONDS)
    except TimeoutError:
        button.click()  # the menu of the block before closed over the first click
    option.click()


def _fill_field(page: Page, name: str, value: Any) -> None:
    page.locator(f"[name='{name}']").wait_for(state="attached")
    field = page.locator(f"[name='{name}']:not([type=hidden])")
    if isinstance(value, bool):
        field.set_checked(value)
    elif field.count() == 0:
        _write(page, name, str(value))
    elif field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(label=str(value))
    else:
        field.fill(str(value))


def _write(page: Page, name: str, words: str) -> None:
    """Rich text; the editor hands it to the form a moment later."""
    hidden = page.locator(f"input[type=hidden][name='{name}']")
    hidden.locator("xpath=following-sibling::*").locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(words)
    expect(page.locator(f"input[type=hidden][name='{name}'][value*='{words}']")).to_have_count(1)

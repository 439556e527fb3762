"""Tests in a real browser: Chromium through Playwright, against Django's live server.

``CHROMIUM`` names another executable. Accessibility is judged by axe-core, which is evaluated in
the page rather than added as a script, so that the strict Content-Security-Policy stays on.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder talks to the server through committed rows."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    executable = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    if not Path(executable).exists():
        pytest.fail(f"No encuentro Chromium en {executable}: instala «chromium» o indica CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


def _open_page(browser: Browser, *, width: int, height: int, touch: bool) -> Iterator[Page]:
    """A page; the test fails at its end if a script failed or the policy blocked something."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        locale="es-CL",
        timezone_id="America/Santiago",
    )
    context.set_default_timeout(10_000)
    page, complaints = context.new_page(), list[str]()
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda message: complaints.append(message.text) if _is_blocked(message.text) else None)
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


def _is_blocked(text: str) -> bool:
    """True for what the browser says when the Content-Security-Policy stops something."""
    return "Content Security Policy" in text


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page on a desk: 1280 x 900 CSS pixels."""
    yield from _open_page(browser, width=1280, height=900, touch=False)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """An empty page on a telephone: 390 x 844 CSS pixels, touch."""
    yield from _open_page(browser, width=390, height=844, touch=True)


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """``assert_accessible(page)``: fails with the rule and the place of each axe violation."""

    def check(page: Page) -> None:
        page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
        found = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            AXE_TAGS,
        )
        problems = [
            f"{violation['id']}: {violation['help']}\n    en "
            + "\n    en ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
            for violation in found["violations"]
        ]
        assert not problems, f"{page.url}\n" + "\n".join(problems)

    return check


@pytest.fixture
def screenshot() -> Callable[[Page, str], Path]:
    """``screenshot(page, name)``: the whole page as ``var/screenshots/<name>.png``; returns the file."""

    def take(page: Page, name: str) -> Path:
        if not re.fullmatch(r"[a-z0-9_-]+", name):
            raise ValueError(f"A screenshot's name has lower-case letters, digits and hyphens: {name!r}")
        folder: Path = django_settings.BASE_DIR / "var" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.png"
        page.screenshot(path=file, full_page=True)
        return file

    return take

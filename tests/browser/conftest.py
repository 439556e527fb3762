"""Tests in a real browser: Chromium through Playwright, against Django's live server.

``CHROMIUM`` names another executable. Accessibility is judged by axe-core, which is evaluated in
the page rather than added as a script, so that the strict Content-Security-Policy stays on.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.stage import KeptStages, Stage, build_stage
from tests.browser.steps import assert_fits

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WAIT_MILLISECONDS = 90_000
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Without preloading: axe would load the style sheets again, which the policy rightly blocks.
AXE_RUN = """([tags, off]) => axe.run(document, {
    runOnly: {type: "tag", values: tags}, resultTypes: ["violations"], preload: false,
    rules: Object.fromEntries(off.map(rule => [rule, {enabled: false}])),
})"""


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
        expect.set_options(timeout=WAIT_MILLISECONDS)
        yield chromium
        chromium.close()


class OpenPage(Protocol):
    """How a test opens a page of its own; further options are Playwright's for a browser context."""

    def __call__(self, *, width: int = 1280, height: int = 900, **options: Any) -> Page: ...


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Opens pages, each with its own cookies: one per person of the story.

    The test fails at its end if a script failed or the policy blocked something in any of them.
    """
    contexts, complaints = list[BrowserContext](), list[str]()

    def open_one(*, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="es-CL",
            timezone_id="America/Santiago",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(WAIT_MILLISECONDS)
        page = context.new_page()

        def complain(text: str) -> None:
            complaints.append(f"{page.url}: {text}")

        page.on("pageerror", lambda error: complain(str(error)))
        page.on("console", lambda said: complain(said.text) if _is_blocked(said.text) else None)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _is_blocked(text: str) -> bool:
    """True for what the browser says when the Content-Security-Policy stops something."""
    return "Content Security Policy" in text


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """An empty page on a desk: 1280 x 900 CSS pixels."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """An empty page on a telephone: 390 x 844 CSS pixels, touch."""
    return open_page(width=390, height=844, has_touch=True, is_mobile=True)


def find_violations(page: Page, *, off: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What axe-core finds wrong with the page as it is now, but for the rules ``off``: rule, help, nodes."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE_SCRIPT} }} }}")
    found: list[dict[str, Any]] = page.evaluate(AXE_RUN, [AXE_TAGS, list(off)])["violations"]
    return found


class Look(Protocol):
    """``look(page)``; rules of axe that cannot judge this page are switched ``off``."""

    def __call__(self, page: Page, *, off: Sequence[str] = ()) -> None: ...


@pytest.fixture
def assert_accessible() -> Look:
    """``assert_accessible(page)``: fails with the rule and the place of each axe violation."""

    def check(page: Page, *, off: Sequence[str] = ()) -> None:
        page.wait_for_load_state()  # styles included: before them nothing has its size
        problems = [
            f"{violation['id']}: {violation['help']}\n    en "
            + "\n    en ".join(" ".join(map(str, node["target"])) for node in violation["nodes"])
            for violation in find_violations(page, off=off)
        ]
        assert not problems, f"{page.url}\n" + "\n".join(problems)

    return check


@pytest.fixture
def look(assert_accessible: Look) -> Look:
    """``look(page)``: what each page that a person meets must be: accessible, no wider than the screen."""

    def check(page: Page, *, off: Sequence[str] = ()) -> None:
        assert_accessible(page, off=off)
        assert_fits(page)

    return check


@pytest.fixture(scope="session")
def kept_stages() -> Iterator[KeptStages]:
    """Stages built once per run."""
    kept = KeptStages()
    yield kept
    kept.close()


@pytest.fixture
def set_up(kept_stages: KeptStages, settings: Settings, live_server: LiveServer) -> Callable[..., Any]:
    """``set_up(build)``: what ``build()`` returned, with the database as ``build`` left it."""
    settings.SITE_URL = live_server.url
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    # Journeys write faster than a person: an automatic save still under way could end after the button's.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    return kept_stages.bring


@pytest.fixture
def stage(set_up: Callable[..., Any]) -> Stage:
    """The course, the plan, one institution; nobody has learned anything yet."""
    built: Stage = set_up(build_stage)
    return built


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

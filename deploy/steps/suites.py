"""All checks and tests, one after the other, with a summary at the end."""

import os
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from steps.console import PYTHON, ROOT, VAR, VENV, Command, StepError, banner, is_set, run_shown, say
from steps.install import DEVELOPER_LOCK, ensure_installed
from steps.javascript import ensure_javascript, find_npm
from steps.outside import find_chromium, find_postgres, temporary_postgres

FAILED, INCOMPLETE = 1, 3
# These have suites of their own.
_APART = ("--ignore=tests/browser", "--ignore=tests/javascript")
# Whoever is done takes over from the others: the longest tests of an area do not come last on one core.
_SHARED = ("-n", "auto", "--dist", "worksteal")
_MEASURED = ("pages", "lrs", "rosters", "notices", "hr", "coverage")
Variables = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Suite:
    """One line of the summary: a command, and the variables it needs around it."""

    name: str
    command: Command
    variables: Callable[[], AbstractContextManager[Variables]]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    name: str
    result: str
    seconds: float


def run_lint() -> int:
    """Style, layers, types, templates."""
    ensure_installed(DEVELOPER_LOCK)
    return _conclude(list(map(_run, _lint_suites())), missing=[])


def run_format() -> int:
    """Rewrites code and templates in the house style."""
    ensure_installed(DEVELOPER_LOCK)
    commands = ([_tool("ruff"), "check", "--fix", "."], [_tool("ruff"), "format", "."])
    templates = [_tool("djhtml"), "--tabwidth", "2", "templates"]
    return max(run_shown(command) for command in (*commands, templates))


def run_messages() -> int:
    """Gathers the interface's texts into the catalogue, and compiles it."""
    ensure_installed(DEVELOPER_LOCK)
    return run_shown([PYTHON, "manage.py", "make_catalogue"])


def run_tests(arguments: Sequence[str]) -> int:
    """Everything; with ``arguments`` only pytest, on SQLite, with them."""
    ensure_installed(DEVELOPER_LOCK)
    if arguments:
        return run_shown([PYTHON, "-m", "pytest", *arguments], env=_environment(_on_sqlite()))
    suites, missing = [*_lint_suites(), *_project_suites(), _sqlite_suite()], []
    binaries, chromium, npm = find_postgres(), find_chromium(), find_npm()
    if binaries:
        suites.append(_postgres_suite(lambda: temporary_postgres(binaries)))
    else:
        missing.append("Pruebas en PostgreSQL: falta el servidor (sudo apt install postgresql).")
    if chromium:
        suites.append(_browser_suite(chromium))
    else:
        missing.append("Pruebas de navegador: falta Chromium (sudo apt install chromium, o CHROMIUM=ruta).")
    if npm:
        suites.append(_javascript_suite(npm))
    else:
        missing.append("Cliente de JavaScript: falta Node (sudo apt install nodejs npm).")
    return _conclude(list(map(_run, suites)), missing=missing)


def run_bench(arguments: Sequence[str]) -> int:
    """The measurements of the pages, or of the part that the first word names."""
    ensure_installed(DEVELOPER_LOCK)
    part, rest = (
        (arguments[0], arguments[1:]) if arguments[:1] and arguments[0] in _MEASURED else ("", arguments)
    )
    module = f"tests.benchmarks.{part}" if part else "tests.benchmarks"
    env = {"DJANGO_SETTINGS_MODULE": "lms.settings.test"} | os.environ
    return run_shown([PYTHON, "-m", module, *rest], env=env)


def _tool(name: str) -> str:
    return str(VENV / "bin" / name)


def _plain(**variables: str) -> Callable[[], AbstractContextManager[Variables]]:
    return lambda: nullcontext(_on_sqlite() | variables)


def _on_sqlite() -> Variables:
    # An own .env may name another database: the tests do not follow it.
    return {"DATABASE_URL": f"sqlite:///{VAR / 'testdb' / 'unused.sqlite3'}"}


def _environment(variables: Variables) -> Variables:
    """Ours without what would change the tests' settings, and with ``variables``."""
    foreign = {"DJANGO_SETTINGS_MODULE", "DEMO", "DEBUG", "VAR_DIR", "SITE_URL"}
    return {name: value for name, value in os.environ.items() if name not in foreign} | variables


def _lint_suites() -> list[Suite]:
    templates = sorted(str(file.relative_to(ROOT)) for file in (ROOT / "templates").rglob("*.html"))
    commands: list[tuple[str, Command]] = [
        ("Estilo (ruff check)", [_tool("ruff"), "check", "--output-format", "concise", "."]),
        ("Formato (ruff format)", [_tool("ruff"), "format", "--check", "--output-format", "concise", "."]),
        ("Capas (lint-imports)", [_tool("lint-imports")]),
        ("Tipos (mypy)", [_tool("mypy")]),
        ("Plantillas (djhtml)", [_tool("djhtml"), "--check", "--tabwidth", "2", *templates]),
    ]
    return [Suite(name=name, command=command, variables=_plain()) for name, command in commands]


def _project_suites() -> list[Suite]:
    production = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PSEUDONYM_KEY": secrets.token_urlsafe(50),
        "RUN_KEY": secrets.token_urlsafe(50),
        "SITE_URL": "https://aula.example",
        "EMAIL_HOST": "mail.example",
        "DEFAULT_FROM_EMAIL": "no-responder@aula.example",
    }
    manage = [PYTHON, "manage.py"]
    return [
        Suite(
            name="Migraciones al día",
            command=[*manage, "makemigrations", "--check", "--dry-run"],
            variables=_plain(DJANGO_SETTINGS_MODULE="lms.settings.test"),
        ),
        Suite(
            name="Ajustes de producción",
            command=[*manage, "check", "--deploy", "--fail-level", "WARNING"],
            variables=_plain(**production),
        ),
    ]


def _sqlite_suite() -> Suite:
    command = [PYTHON, "-m", "pytest", "-q", *_SHARED, *_APART, "--ignore=tests/postgres"]
    return Suite(name="Pruebas en SQLite", command=command, variables=_plain())


def _postgres_suite(server: Callable[[], AbstractContextManager[Variables]]) -> Suite:
    command = [PYTHON, "-m", "pytest", "-q", *_SHARED, "-m", "database"]
    command += [*_APART, "--ignore=tests/sqlite", "--ignore=tests/architecture"]
    return Suite(name="Pruebas en PostgreSQL", command=command, variables=server)


def _browser_suite(chromium: str) -> Suite:
    command = [PYTHON, "-m", "pytest", "-q", *_SHARED, "tests/browser"]
    return Suite(name="Pruebas de navegador", command=command, variables=_plain(CHROMIUM=chromium))


def _javascript_suite(npm: str) -> Suite:
    def installed() -> AbstractContextManager[Variables]:
        ensure_javascript(npm)
        return nullcontext(_on_sqlite())

    command = [PYTHON, "-m", "pytest", "-q", "tests/javascript"]
    return Suite(name="Cliente de JavaScript", command=command, variables=installed)


def _run(suite: Suite) -> Outcome:
    say(f"\n=== {suite.name}")
    begun = time.monotonic()
    try:
        with suite.variables() as variables:
            code = run_shown(suite.command, env=_environment(variables))
        result = "bien" if code == 0 else "FALLA"
    except StepError as error:
        say(str(error))
        result = "FALLA"
    return Outcome(name=suite.name, result=result, seconds=time.monotonic() - begun)


def _conclude(outcomes: list[Outcome], *, missing: list[str]) -> int:
    say("\n=== Resumen")
    for outcome in outcomes:
        say(f"  {outcome.name:<26} {outcome.result:<6} {outcome.seconds:6.0f} s")
    if missing:
        banner(["RESULTADO INCOMPLETO: no se ejecutó todo.", *missing])
    if any(outcome.result != "bien" for outcome in outcomes):
        return FAILED
    tolerated = is_set("ALLOW_MISSING") and not is_set("CI")
    return INCOMPLETE if missing and not tolerated else 0

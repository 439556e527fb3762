"""Typed reading of the environment, in one place, that fails with a sentence a person can act on."""

import os
from datetime import date
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]

_reader = environ.Env()
if (BASE_DIR / ".env").exists():
    environ.Env.read_env(BASE_DIR / ".env")


def text(name: str, default: str = "") -> str:
    """The value of ``name``, stripped; ``default`` where it is absent or empty."""
    return os.environ.get(name, "").strip() or default


def required(name: str, meaning: str) -> str:
    """The value of ``name``.

    Raises:
        ImproperlyConfigured: it is absent or empty; the message says what it is for.
    """
    value = text(name)
    if not value:
        raise ImproperlyConfigured(
            f"Falta la variable de entorno {name} ({meaning}). Revisa .env.example y el README."
        )
    return value


def flag(name: str, default: bool = False) -> bool:
    """True for 1, true, yes, on, si; False for 0, false, no, off.

    Raises:
        ImproperlyConfigured: any other value.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on", "si", "sí"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} debe ser 1 o 0; es «{value}».")


def number(name: str, default: int, minimum: int = 0) -> int:
    """A whole number not below ``minimum``.

    Raises:
        ImproperlyConfigured: not a number, or too small.
    """
    value = text(name)
    if not value:
        return default
    try:
        parsed = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} debe ser un número entero; es «{value}».") from None
    if parsed < minimum:
        raise ImproperlyConfigured(f"{name} debe ser {minimum} o más; es {parsed}.")
    return parsed


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas, without empty members."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def days(name: str) -> list[date]:
    """Dates written as 2026-12-25, separated by commas.

    Raises:
        ImproperlyConfigured: one that is none.
    """
    try:
        return [date.fromisoformat(word) for word in words(name)]
    except ValueError:
        raise ImproperlyConfigured(f"{name} debe tener fechas como 2026-12-25.") from None


def choice(name: str, default: str, options: tuple[str, ...]) -> str:
    """One of ``options``.

    Raises:
        ImproperlyConfigured: any other value.
    """
    value = text(name, default)
    if value not in options:
        raise ImproperlyConfigured(f"{name} debe ser {' o '.join(options)}; es «{value}».")
    return value


def folder(name: str, default: Path) -> Path:
    """A folder path; relative ones start at the project's folder."""
    return (BASE_DIR / text(name, str(default))).resolve()


def database(default_file: Path) -> dict[str, object]:
    """Django's ``DATABASES["default"]`` from ``DATABASE_URL``; SQLite in ``default_file`` without it.

    SQLite is tuned for real use: WAL so that readers never wait, ``IMMEDIATE`` so that a
    transaction takes its lock at the start instead of failing in the middle, and a patient timeout.

    Raises:
        ImproperlyConfigured: an address of another engine.
    """
    url = text("DATABASE_URL")
    config: dict[str, object] = (
        _reader.db_url_config(url)
        if url
        else {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default_file)}
    )
    engine = str(config["ENGINE"])
    if engine.endswith("sqlite3"):
        config["CONN_MAX_AGE"] = 600
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA journal_size_limit=27103364;"
            ),
        }
    elif engine.endswith(("postgresql", "psycopg2")):
        config["ENGINE"] = "django.db.backends.postgresql"
        config["CONN_MAX_AGE"] = number("DATABASE_CONN_MAX_AGE", 60)
        config["CONN_HEALTH_CHECKS"] = True
    else:
        raise ImproperlyConfigured("DATABASE_URL debe ser sqlite:///… o postgres://…")
    return config

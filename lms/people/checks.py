"""System checks: combinations of settings that cannot work or are not safe."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connection


@register(Tags.security)
def check_secrets(app_configs: Any, **kwargs: Any) -> list[Error]:
    """``aula.E001``, ``aula.E002``: keys without which pseudonyms and RUN fingerprints are worthless."""
    errors = []
    if not settings.PSEUDONYM_KEY:
        errors.append(Error("PSEUDONYM_KEY está vacía: los seudónimos se podrían adivinar.", id="aula.E001"))
    if not settings.RUN_KEY:
        errors.append(Error("RUN_KEY está vacía: las huellas de RUN se podrían invertir.", id="aula.E002"))
    return errors


@register(Tags.security, deploy=True)
def check_production(app_configs: Any, **kwargs: Any) -> list[Error | Warning]:
    """``aula.E003`` to ``E005``: what a public service must not do."""
    found: list[Error | Warning] = []
    if settings.DEMO:
        found.append(Error("DEMO=1 abre las cuentas de demostración.", id="aula.E003"))
    if not settings.STAFF_SECOND_FACTOR_REQUIRED:
        found.append(Error("Las cuentas con rol deben usar segundo factor.", id="aula.E004"))
    if settings.WAGTAIL_GRAVATAR_PROVIDER_URL is not None:
        found.append(Error("Gravatar recibe una huella del correo de cada cuenta.", id="aula.E005"))
    return found


@register(Tags.database)
def check_sqlite_transactions(app_configs: Any, **kwargs: Any) -> list[Error]:
    """``aula.E006``: SQLite without IMMEDIATE fails writers instead of making them wait."""
    options: dict[str, Any] = dict(connection.settings_dict.get("OPTIONS") or {})
    if connection.vendor == "sqlite" and options.get("transaction_mode") != "IMMEDIATE":
        return [Error("SQLite necesita transaction_mode=IMMEDIATE.", id="aula.E006")]
    return []

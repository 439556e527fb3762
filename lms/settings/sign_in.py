"""Who may vouch for people at the door: ClaveÚnica and institutions' OpenID providers, from the environment.

``OIDC_<NAME>_…`` describes one institution's provider; ``<NAME>`` has letters and digits, and is in
the addresses of the sign-in, in lower case. Nothing configured, nothing offered.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

INSTITUTION, CLAVE_UNICA = "institution_openid", "clave_unica"
CLAVE_UNICA_URL = "https://accounts.claveunica.gob.cl/openid"

_VARIABLE = re.compile(r"OIDC_([A-Z0-9]+)_([A-Z_]+)")
_REQUIRED = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "LABEL", "DOMAINS")
_OPTIONAL = ("RUN_CLAIM", "INSTITUTION")
_LOCAL = re.compile(r"http://(127\.0\.0\.1|localhost)(:\d+)?(/|$)")


def read_providers(environment: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """allauth's ``SOCIALACCOUNT_PROVIDERS``: one app per configured provider, secrets included.

    Raises:
        ImproperlyConfigured: a provider is described by halves, or would be asked without https.
    """
    values = {name: value.strip() for name, value in environment.items() if value.strip()}
    found: dict[str, dict[str, Any]] = {}
    institutions = [_institution(name, fields) for name, fields in sorted(_group(values).items())]
    if institutions:
        found[INSTITUTION] = {"APPS": institutions}
    if "CLAVE_UNICA_CLIENT_ID" in values or "CLAVE_UNICA_CLIENT_SECRET" in values:
        found[CLAVE_UNICA] = {"APP": _clave_unica(values)}
    return found


def _group(values: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """``{"SALUD": {"ISSUER": …}}``."""
    groups: dict[str, dict[str, str]] = {}
    for variable, value in values.items():
        match = _VARIABLE.fullmatch(variable)
        if match:
            groups.setdefault(match[1], {})[match[2]] = value
    return groups


def _institution(name: str, fields: dict[str, str]) -> dict[str, Any]:
    for field in _REQUIRED:
        if field not in fields:
            raise ImproperlyConfigured(f"Falta OIDC_{name}_{field}. Revisa .env.example y el README.")
    for field in fields:
        if field not in (*_REQUIRED, *_OPTIONAL):
            raise ImproperlyConfigured(f"No existe la variable OIDC_{name}_{field}. Revisa .env.example.")
    if ("RUN_CLAIM" in fields) != ("INSTITUTION" in fields):
        raise ImproperlyConfigured(f"OIDC_{name}_RUN_CLAIM y OIDC_{name}_INSTITUTION van juntas.")
    return {
        "provider_id": name.lower(),
        "name": fields["LABEL"],
        "client_id": fields["CLIENT_ID"],
        "secret": fields["CLIENT_SECRET"],
        "settings": {
            "issuer": _safe(f"OIDC_{name}_ISSUER", fields["ISSUER"]),
            "domains": [word.strip().lower() for word in fields["DOMAINS"].split(",") if word.strip()],
            "run_claim": fields.get("RUN_CLAIM", ""),
            "institution": fields.get("INSTITUTION", ""),
        },
    }


def _clave_unica(values: Mapping[str, str]) -> dict[str, Any]:
    for variable in ("CLAVE_UNICA_CLIENT_ID", "CLAVE_UNICA_CLIENT_SECRET"):
        if variable not in values:
            raise ImproperlyConfigured(f"Falta {variable}. Revisa .env.example y el README.")
    return {
        "name": "ClaveÚnica",
        "client_id": values["CLAVE_UNICA_CLIENT_ID"],
        "secret": values["CLAVE_UNICA_CLIENT_SECRET"],
        "settings": {"url": _safe("CLAVE_UNICA_URL", values.get("CLAVE_UNICA_URL", CLAVE_UNICA_URL))},
    }


def _safe(variable: str, url: str) -> str:
    """The address without a final slash; plain http only to this machine."""
    if not url.startswith("https://") and not _LOCAL.match(url):
        raise ImproperlyConfigured(f"{variable} debe empezar con https://")
    return url.rstrip("/")

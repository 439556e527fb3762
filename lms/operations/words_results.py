"""Results of statements in words: marks, times, progress."""

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.ui.spelling import spell_number, spell_percent, spell_share
from lms.xapi.vocabulary import ANSWERED, COMPLETED, FAILED, PASSED, PROGRESS_PERCENT

Node = Mapping[str, Any]
_DURATION = re.compile(
    r"P(?:(?P<weeks>[\d.]+)W|(?:(?P<years>[\d.]+)Y)?(?:(?P<months>[\d.]+)M)?(?:(?P<days>[\d.]+)D)?"
    r"(?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)?)"
).fullmatch
_LARGE = 1_000_000_000


def describe_result(raw: Node) -> str:
    """``"aprobado, 85 % (17 de 20), en 12 min"``; empty without a result.

    What the verb says already is not said twice.
    """
    result = raw.get("result") or {}
    verb = raw["verb"]["id"]
    parts = [
        _success(result, verb),
        _completion(result, verb),
        _score(result.get("score") or {}),
        _progress(result),
        _time(result),
    ]
    return ", ".join(filter(None, parts))


def _success(result: Node, verb: str) -> str:
    success = result.get("success")
    if success is None or verb in (PASSED.iri, FAILED.iri):
        return ""
    if verb == ANSWERED.iri:
        return _("correcta") if success else _("incorrecta")
    return _("aprobado") if success else _("no aprobado")


def _completion(result: Node, verb: str) -> str:
    completion = result.get("completion")
    if completion is None or (completion and verb == COMPLETED.iri):
        return ""
    return _("completo") if completion else _("sin completar")


def _score(score: Node) -> str:
    scaled, raw, highest = score.get("scaled"), score.get("raw"), score.get("max")
    points = ""
    if raw is not None and highest is not None:
        points = _("%(raw)s de %(max)s") % {"raw": spell_figure(raw), "max": spell_figure(highest)}
    elif raw is not None:
        points = spell_figure(raw)
    if scaled is not None:
        share = spell_share(share=scaled)
        return f"{share} ({points})" if points else share
    return _("%(points)s puntos") % {"points": points} if points else ""


def _progress(result: Node) -> str:
    percent = (result.get("extensions") or {}).get(PROGRESS_PERCENT)
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
        return ""
    return _("avance de %(percent)s") % {"percent": spell_percent(percent=percent)}


def _time(result: Node) -> str:
    return _("en %(time)s") % {"time": spell_duration(result["duration"])} if "duration" in result else ""


def spell_figure(value: int | float) -> str:
    """``17`` → "17", ``4.5`` → "4,5"; what is too large to be a mark comes with its exponent."""
    if not math.isfinite(value) or abs(value) >= _LARGE:
        return f"{value:.3g}".replace(".", ",")
    if value == int(value):
        return spell_number(value=value)
    return spell_number(value=value, decimals=2).rstrip("0").rstrip(",")


def spell_duration(text: str) -> str:
    """``PT1H30M`` → "1 h 30 min"; ``P1DT2.5S`` → "1 día 2,5 s"; another spelling stays as it is."""
    found = _DURATION(text)
    if found is None:
        return text
    try:
        said = {unit: float(figure) for unit, figure in found.groupdict().items() if figure}
    except ValueError:
        return text
    parts = [_unit(unit, value) for unit, value in said.items() if value]
    return " ".join(parts) or _unit("seconds", 0)


def _unit(unit: str, value: float) -> str:
    figure = spell_figure(value)
    if unit == "hours":
        return _("%(figure)s h") % {"figure": figure}
    if unit == "minutes":
        return _("%(figure)s min") % {"figure": figure}
    if unit == "seconds":
        return _("%(figure)s s") % {"figure": figure}
    if unit == "days":
        word = ngettext("%(figure)s día", "%(figure)s días", 1 if value == 1 else 2)
    elif unit == "weeks":
        word = ngettext("%(figure)s semana", "%(figure)s semanas", 1 if value == 1 else 2)
    elif unit == "months":
        word = ngettext("%(figure)s mes", "%(figure)s meses", 1 if value == 1 else 2)
    else:
        word = ngettext("%(figure)s año", "%(figure)s años", 1 if value == 1 else 2)
    return word % {"figure": figure}

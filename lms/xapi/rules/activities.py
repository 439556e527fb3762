"""What is known of an activity: definitions of many statements in one (xAPI-Communication 2.5)."""

from typing import Any

_MAPS = ("name", "description", "extensions")


def merge_definitions(known: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """``known`` with what ``told`` adds: languages and extensions one by one, the rest as a whole."""
    merged = {**known, **told}
    for name in _MAPS:
        if name in known and name in told:
            merged[name] = {**known[name], **told[name]}
    return merged


def choose_language(texts: dict[str, str], accepted: list[str]) -> dict[str, str]:
    """The one entry that suits best (RFC 4647, lookup), or the first; empty stays empty."""
    if len(texts) < 2:
        return texts
    lowered = {tag.lower(): tag for tag in texts}
    for wish in accepted:
        parts = wish.lower().split("-")
        while parts:
            prefix = "-".join(parts)
            if prefix in lowered:
                tag = lowered[prefix]
                return {tag: texts[tag]}
            regional = next((tag for low, tag in lowered.items() if low.startswith(f"{prefix}-")), None)
            if regional:
                return {regional: texts[regional]}
            parts.pop()
    first = next(iter(texts))
    return {first: texts[first]}


def parse_accept_language(header: str) -> list[str]:
    """The language ranges of an ``Accept-Language`` header, best first; ``*`` and q=0 left out."""
    wishes: list[tuple[float, int, str]] = []
    for place, part in enumerate(header.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        if tag and tag != "*" and quality > 0:
            wishes.append((-quality, place, tag))
    return [tag for _quality, _place, tag in sorted(wishes)]

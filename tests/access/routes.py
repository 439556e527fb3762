"""Every address that the platform answers, read from its own map."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# What is not ours: the editor beyond its front page, and the files that Wagtail serves.
SKIPPED = ("gestion/", "documentos/", "imagenes/")
EDITOR_HOME = "wagtailadmin_home"


@dataclass(frozen=True)
class Route:
    """``name`` as ``reverse`` takes it; for a route without name its pattern."""

    name: str
    pattern: str


def list_routes() -> list[Route]:
    """All routes of ``lms.urls`` but those of ``SKIPPED``, and the editor's front page."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}" if entry.name else pattern, pattern)
        elif pattern in SKIPPED:
            yield from (
                Route(str(inner.name), pattern)
                for inner in entry.url_patterns
                if getattr(inner, "name", "") == EDITOR_HOME
            )
        else:
            inside = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, pattern, inside)

"""Every address that the platform answers, read from its own map."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# What is not ours: the editor beyond its front page and our screens in it, and the files that Wagtail serves.
SKIPPED = ("gestion/", "documentos/", "imagenes/")
EDITOR_HOME = "wagtailadmin_home"
OURS_IN_EDITOR = ("question_files", "authoring", "authoring_help")


@dataclass(frozen=True)
class Route:
    """``name`` as ``reverse`` takes it; for a route without name its pattern."""

    name: str
    pattern: str


def list_routes() -> list[Route]:
    """All routes of ``lms.urls`` but those of ``SKIPPED``, and of the editor its front page and our screens."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, namespace: str) -> Iterator[Route]:
    for entry in patterns:
        pattern = f"{before}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}" if entry.name else pattern, pattern)
        elif pattern in SKIPPED:
            yield from _walk_editor(entry, pattern)
        else:
            inside = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry.url_patterns, pattern, inside)


def _walk_editor(editor: URLResolver, pattern: str) -> Iterator[Route]:
    for inner in editor.url_patterns:
        if isinstance(inner, URLPattern) and inner.name == EDITOR_HOME:
            yield Route(EDITOR_HOME, pattern)
        elif isinstance(inner, URLResolver) and inner.namespace in OURS_IN_EDITOR:
            yield from _walk(inner.url_patterns, f"{pattern}{inner.pattern}", f"{inner.namespace}:")

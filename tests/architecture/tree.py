"""Reads the project's own modules; they are found anew in each run."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("lms", "courses", "certificates", "content_packs")


@dataclass(frozen=True)
class Module:
    """One Python file; ``name`` is its path from the project's folder."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def parts(self) -> tuple[str, ...]:
        return Path(self.name).with_suffix("").parts

    @cached_property
    def syntax(self) -> ast.Module:
        return ast.parse(self.path.read_text(), filename=self.name)

    def place(self, node: ast.AST) -> str:
        """``lms/plan/views.py:12``"""
        return f"{self.name}:{getattr(node, 'lineno', 0)}"


def list_modules() -> Iterator[Module]:
    """Every module of the project but its migrations."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield Module(path)


def spelled(node: ast.AST) -> str:
    """``timezone.now`` for that expression; "" for anything but names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := spelled(node.value)):
        return f"{before}.{node.attr}"
    return ""

"""Which texts the sources want translated. Reads Python and templates; no gettext programs are needed."""

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

FOLDERS = ("certificates", "content_packs", "courses", "lms", "templates")

# Where a call has its context, its text and its plural.
_PLAIN, _PLURAL, _CONTEXT, _BOTH = (None, 0, None), (None, 0, 1), (0, 1, None), (0, 1, 2)
_CALLS = {
    "_": _PLAIN, "gettext": _PLAIN, "gettext_lazy": _PLAIN, "gettext_noop": _PLAIN,
    "ngettext": _PLURAL, "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT, "pgettext_lazy": _CONTEXT,
    "npgettext": _BOTH, "npgettext_lazy": _BOTH,
}  # fmt: skip
_STRING = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_IN_TEMPLATE = re.compile(rf"\b({'|'.join(_CALLS)})\(\s*({_STRING}(?:\s*,\s*{_STRING})*)", re.DOTALL)


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate; ``plural`` and ``context`` are empty where it has none."""

    text: str
    plural: str = ""
    context: str = ""


def find_messages(root: Path) -> dict[Message, list[str]]:
    """Every text of the sources below ``root``, with the files that say it, sorted."""
    found: dict[Message, set[str]] = {}
    for path in _list_files(root):
        source = path.read_text(encoding="utf-8")
        read = messages_of_python if path.suffix == ".py" else messages_of_template
        for message in read(source):
            found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    return {message: sorted(files) for message, files in found.items()}


def _list_files(root: Path) -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def messages_of_python(source: str) -> Iterator[Message]:
    """Texts in calls of gettext and its like, by whatever name the module imports it."""
    tree = ast.parse(source)
    names = {name: name for name in _CALLS} | _aliases(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = names.get(getattr(node.func, "id", getattr(node.func, "attr", "")), "")
            if name:
                texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
                yield from _message(name, texts)


def _aliases(tree: ast.AST) -> dict[str, str]:
    """``{"_lazy": "gettext_lazy"}`` for ``import gettext_lazy as _lazy``."""
    return {
        one.asname: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for one in node.names
        if one.asname and one.name in _CALLS
    }


def messages_of_template(source: str) -> Iterator[Message]:
    """Texts in translation tags and in ``_()``."""
    for name, arguments in _IN_TEMPLATE.findall(templatize(source)):
        yield from _message(name, list(ast.literal_eval(f"({arguments},)")))


def _message(name: str, texts: Sequence[object]) -> Iterator[Message]:
    places = (texts[place] if place is not None and place < len(texts) else "" for place in _CALLS[name])
    context, text, plural = places
    if isinstance(text, str) and text and isinstance(plural, str) and isinstance(context, str):
        yield Message(text, plural, context)

"""YAML that remembers the line of every value, and YAML as we write it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import yaml

from content_packs.problems import PackError, Problem

Path = tuple[str | int, ...]


@dataclass
class Located:
    """Plain data and the line of each of its parts, by path."""

    data: Any
    file: str
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """The line of ``path``, or of its nearest known parent."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, text: str, *path: str | int) -> Problem:
        return Problem(self.file, self.line_of(path), text)


class _Loader(yaml.SafeLoader):
    """Without references: a few nested ones would make a small file fill the memory."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, "los paquetes no usan referencias (*)", mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        return node


def load(text: str, *, file: str, first_line: int = 1) -> Located:
    """Read YAML safely; ``first_line`` is where ``text`` begins in ``file``.

    Raises:
        PackError: not YAML, a key written twice, or a value that is none (31 February).
    """
    located = Located(None, file)
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is not None:
            located.data = _build(loader, node, (), located, first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = (mark.line if mark else 0) + first_line
        raise PackError([Problem(file, line, f"YAML mal escrito: {_say(error.problem or '')}.")]) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise PackError([Problem(file, line, "Hay un carácter que YAML no admite.")]) from error
    except RecursionError as error:
        raise PackError([Problem(file, first_line, "El archivo tiene demasiados niveles.")]) from error
    return located


_YAML_WORDS = (
    ("'\\t'", "usa espacios en vez de tabulaciones"),
    ("mapping values are not allowed", "sobra un «: »; si es parte del texto, ponlo entre comillas"),
    ("could not find expected ':'", "falta «:» después del nombre del campo"),
    ("expected <block end>", "la línea no calza con las anteriores; revisa los espacios del comienzo"),
    ("while scanning a quoted", "faltan las comillas que cierran"),
    ("found unexpected end of stream", "faltan las comillas que cierran"),
    ("found another document", "el archivo tiene más de un documento (---)"),
)


def _say(problem: str) -> str:
    """What the YAML reader found, in Spanish where it is a usual slip."""
    return next((words for sign, words in _YAML_WORDS if sign in problem), problem)


def _build(loader: yaml.SafeLoader, node: yaml.Node, path: Path, located: Located, first_line: int) -> Any:
    located.lines[path] = node.start_mark.line + first_line
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(loader.construct_object(key_node, deep=True))
            line = key_node.start_mark.line + first_line
            if key in mapping:
                raise PackError([Problem(located.file, line, f"«{key}» está escrito dos veces.")])
            mapping[key] = _build(loader, value_node, (*path, key), located, first_line)
            located.lines[(*path, key)] = line
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [
            _build(loader, child, (*path, index), located, first_line)
            for index, child in enumerate(node.value)
        ]
    try:
        value = loader.construct_object(node, deep=True)
    except ValueError:
        problem = Problem(located.file, located.lines[path], f"«{node.value}» no es una fecha ni un número.")
        raise PackError([problem]) from None
    if isinstance(value, str) and "\x00" in value:
        raise PackError([Problem(located.file, located.lines[path], "Hay un carácter nulo.")])
    return value


_AT = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<key>[\w-]+)|\[(?P<index>\d+)\]|\[\.\.\.\]")
_TRANSLATIONS = (
    (re.compile(r"Object missing required field `(.+)`"), "falta «{0}»"),
    (re.compile(r"Object contains unknown field `(.+)`"), "«{0}» no es un campo conocido"),
    (re.compile(r"Expected `(.+)`, got `(.+)`"), "debe ser {0}, pero es {1}"),
    (re.compile(r"Invalid enum value (.+)"), "no admite el valor {0}"),
    (re.compile(r"Expected `array` of length >= (\d+)(?:, got \d+)?"), "debe tener {0} elementos o más"),
    (re.compile(r"Expected `str` of length >= (\d+)"), "no puede estar vacío"),
    (re.compile(r"Expected `str` of length <= (\d+)"), "no puede pasar de {0} caracteres"),
    (re.compile(r"Expected `str` matching regex .+\\\\d.+"), "debe ser como 1.0.0"),
    (re.compile(r"Expected `str` matching regex .+"), "solo admite letras minúsculas, números y guiones"),
    (re.compile(r"Expected `int` >= (-?\d+)"), "debe ser {0} o más"),
    (re.compile(r"Expected `int` <= (-?\d+)"), "debe ser {0} o menos"),
)
_TYPES = {"str": "un texto", "int": "un número entero", "array": "una lista", "object": "un grupo de campos",
          "float": "un número con decimales", "bool": "true o false", "null": "nada",
          "date": "una fecha"}  # fmt: skip


def convert(located: Located, kind: Any) -> Any:
    """The data as a value of ``kind`` (a msgspec type).

    Raises:
        PackError: it does not fit, said with its line.
    """
    try:
        return msgspec.convert(located.data, kind, strict=True)
    except msgspec.ValidationError as error:
        raise PackError([explain(located, str(error))]) from error


def explain(located: Located, message: str) -> Problem:
    """A msgspec message as a sentence with file and line."""
    path: list[str | int] = []
    at = _AT.search(message)
    bare = message[: at.start()] if at else message
    for step in _STEP.finditer(at["path"] if at else ""):
        if step["key"]:
            path.append(step["key"])
        elif step["index"]:
            path.append(int(step["index"]))
    text = bare
    for pattern, sentence in _TRANSLATIONS:
        match = pattern.fullmatch(bare)
        if match:
            groups = [_name_types(group) for group in match.groups()]
            text = sentence.format(*groups)
            if "desconocido" in sentence or "no es un campo" in sentence:
                path.append(match.group(1))
            break
    where = ".".join(str(step) for step in path if isinstance(step, str))
    return Problem(located.file, located.line_of(tuple(path)), f"{where}: {text}." if where else f"{text}.")


def _name_types(text: str) -> str:
    return " o ".join(_TYPES.get(part.strip(), part.strip()) for part in text.split("|"))


class _Writer(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _write_text)


def dump(data: Mapping[str, Any] | list[Any]) -> str:
    """Our one way of writing YAML: given order, block text where there are several lines."""
    return str(yaml.dump(data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=10**6))

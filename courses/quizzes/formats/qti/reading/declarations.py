"""What an item declares: the responses with their keys, and which of its outcomes are points.

Source: QTI 2.1 Assessment Test, Section and Item Information Model, classes ``responseDeclaration``,
``outcomeDeclaration``, ``mapping``, ``mapEntry``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from courses.quizzes.formats.qti.tree import Node

NUMBERS = ("integer", "float", "duration")


@dataclass(frozen=True)
class Mapped:
    """The points of single values. ``upper``, ``lower``: limits of their sum, where there are."""

    points: Mapping[str, Decimal]
    is_case_sensitive: bool = False
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class Declaration:
    """``correct``: values in their order; a pair is ``"A B"``. ``mapped`` is ``None`` without a mapping."""

    identifier: str
    is_many: bool = False
    base_type: str = ""
    correct: tuple[str, ...] = ()
    mapped: Mapped | None = None


def read_declarations(item: Node) -> dict[str, Declaration]:
    """Of the responses, by identifier."""
    found = (_declaration(node) for node in item.elements("responsedeclaration"))
    return {declaration.identifier: declaration for declaration in found}


def list_point_outcomes(item: Node) -> set[str]:
    """The outcomes that are numbers; ``SCORE`` always."""
    outcomes = item.elements("outcomedeclaration")
    return {"SCORE"} | {node.get("identifier") for node in outcomes if node.get("basetype") in NUMBERS}


def read_decimal(text: str) -> Decimal | None:
    """A number as XML has it; ``None`` where it is none, or none that anyone asks for."""
    try:
        number = Decimal(text.strip()) if len(text) <= 60 else None
    except InvalidOperation:
        return None
    is_small = number is not None and number.is_finite() and abs(number.adjusted()) < 30
    return number if is_small else None


def _declaration(node: Node) -> Declaration:
    correct, mapping = node.first("correctresponse"), node.first("mapping")
    return Declaration(
        identifier=node.get("identifier"),
        is_many=node.get("cardinality") in ("multiple", "ordered"),
        base_type=node.get("basetype").lower(),
        correct=tuple(_value(value) for value in correct.elements("value")) if correct else (),
        mapped=_mapped(mapping) if mapping else None,
    )


def _value(node: Node) -> str:
    """Pairs are told apart by one blank."""
    return " ".join(node.text.split())


def _mapped(node: Node) -> Mapped:
    entries = node.elements("mapentry")
    points = {
        " ".join(entry.get("mapkey").split()): read_decimal(entry.get("mappedvalue")) for entry in entries
    }
    return Mapped(
        points={key: value for key, value in points.items() if value is not None},
        is_case_sensitive=bool(entries) and all(entry.get("casesensitive") == "true" for entry in entries),
        lower=read_decimal(node.get("lowerbound")),
        upper=read_decimal(node.get("upperbound")),
    )

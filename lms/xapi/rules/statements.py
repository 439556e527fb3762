"""Is this a statement? Every rule of xAPI-Data 2.4 and 4 (IEEE 9274.1.1, 4.2), one pass, first fault.

Types and unknown properties are refused by the shapes; what relates two properties is here.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, Raw, Struct

from lms.xapi.rules import formats
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.shapes import (
    IDENTIFIERS,
    Activity,
    Actor,
    Attachment,
    Context,
    Result,
    Statement,
    StatementRef,
    SubStatement,
    Typed,
)
from lms.xapi.vocabulary import VOIDED

Object = Activity | Actor | StatementRef | SubStatement
T = TypeVar("T")

COMPONENTS: dict[str, frozenset[str]] = {
    "choice": frozenset({"choices"}),
    "sequencing": frozenset({"choices"}),
    "likert": frozenset({"scale"}),
    "matching": frozenset({"source", "target"}),
    "performance": frozenset({"steps"}),
    "true-false": frozenset(),
    "fill-in": frozenset(),
    "long-fill-in": frozenset(),
    "numeric": frozenset(),
    "other": frozenset(),
}
"""Interaction types and the component lists each may have (xAPI-Data 2.4.4.1)."""
_LISTS = ("choices", "scale", "source", "target", "steps")

_statement = msgspec.json.Decoder(Statement).decode
_typed = msgspec.json.Decoder(Typed).decode
_activity = msgspec.json.Decoder(Activity).decode
_actor = msgspec.json.Decoder(Actor).decode
_reference = msgspec.json.Decoder(StatementRef).decode
_substatement = msgspec.json.Decoder(SubStatement).decode
_AT = re.compile(r"^(?P<what>.*?)(?: - at `\$(?P<path>.*)`)?$", re.DOTALL)


class Checked(Struct, gc=False):
    """A valid statement: the shape, its object with its own shape, and the text it came in."""

    raw: bytes
    shape: Statement
    object: Object
    inner_object: Object | None = None
    """The object of a SubStatement."""

    @property
    def is_voiding(self) -> bool:
        return self.shape.verb.id == VOIDED.iri


def check_statement(raw: bytes, *, version: str = "1.0.3") -> Checked:
    """The statement in ``raw`` (UTF-8 JSON text), read by the rules of ``version``.

    Raises:
        InvalidValueError: the first rule it breaks, with the path of the field.
    """
    shape = _decode(_statement, raw)
    newer = version.startswith("2.")
    target = _check_common(shape, newer=newer)
    inner: Object | None = None
    if isinstance(target, SubStatement):
        inner = _check_object(target.object, inside=True, newer=newer)
    if shape.version is not UNSET:
        pattern = formats.VERSION_2_PATTERN if newer else formats.VERSION_1_PATTERN
        if not re.match(pattern, shape.version):
            raise InvalidValueError(f"versión «{shape.version}» no admitida", ".version")
    if shape.stored is not UNSET:
        _check_instant(shape.stored, ".stored")
    if shape.authority is not UNSET:
        _at(".authority", _check_authority, shape.authority)
    return Checked(raw, shape, target, inner)


def check_agent(raw: bytes) -> Actor:
    """The Agent or Group of a request parameter.

    Raises:
        InvalidValueError: it is neither.
    """
    actor = _decode(_actor, raw)
    _check_actor(actor)
    return actor


def _decode(decoder: Callable[[Any], T], raw: bytes | Raw) -> T:
    try:
        return decoder(raw)
    except msgspec.ValidationError as error:
        found = _AT.match(str(error))
        assert found is not None
        raise InvalidValueError(_translate(found["what"]), found["path"] or "") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InvalidValueError(f"JSON mal formado: {error}") from None
    except RecursionError:
        raise InvalidValueError("demasiados niveles anidados") from None


_SAYINGS = (
    (re.compile(r"Object contains unknown field `(.*)`"), "la propiedad «{}» no existe aquí"),
    (re.compile(r"Object missing required field `(.*)`"), "falta la propiedad «{}»"),
    (re.compile(r"Expected `(.*)`, got `(.*)`"), "se esperaba {} y llegó {}"),
    (re.compile(r"Expected `str` matching regex .*"), "el texto no tiene el formato que pide xAPI"),
    (re.compile(r"Expected `(?:float|int)` ([<>]=?) (.*)"), "debe ser {} {}"),
    (re.compile(r"Expected `(?:str|array)` of length >= 1"), "no puede estar vacío"),
    (re.compile(r"(?:Number|Integer value) out of range"), "el número es demasiado grande"),
)


def _translate(what: str) -> str:
    for pattern, saying in _SAYINGS:
        found = pattern.fullmatch(what)
        if found:
            return saying.format(*found.groups())
    return what


def _at(path: str, rule: Callable[..., None], *args: Any, **options: Any) -> None:
    try:
        rule(*args, **options)
    except InvalidValueError as error:
        raise error.under(path) from None


def _check_common(shape: Statement | SubStatement, *, newer: bool) -> Object:
    inside = isinstance(shape, SubStatement)
    try:
        _check_actor(shape.actor)
    except InvalidValueError as error:
        raise error.under(".actor") from None
    _check_languages(shape.verb.display, ".verb.display")
    try:
        target = _check_object(shape.object, inside=inside, newer=newer)
    except InvalidValueError as error:
        raise error.under(".object") from None
    if shape.verb.id == VOIDED.iri and not isinstance(target, StatementRef):
        raise InvalidValueError("anular exige un StatementRef", ".object")
    if shape.result is not UNSET:
        _at(".result", _check_result, shape.result)
    if shape.context is not UNSET:
        _at(".context", _check_context, shape.context, target, newer=newer)
    if shape.timestamp is not UNSET:
        _check_instant(shape.timestamp, ".timestamp")
    if shape.attachments is not UNSET:
        for place, attachment in enumerate(shape.attachments):
            _at(f".attachments[{place}]", _check_attachment, attachment)
    return target


def _check_actor(actor: Actor, *, need: str = "") -> None:
    """``need``: "Agent" or "Group" where only that will do."""
    kind = "Agent" if actor.objectType is UNSET else actor.objectType
    if kind not in ("Agent", "Group"):
        raise InvalidValueError(f"objectType «{kind}» no es Agent ni Group", ".objectType")
    if need and kind != need:
        raise InvalidValueError(f"debe ser un {need}")
    identifiers = (
        (actor.mbox is not UNSET)
        + (actor.mbox_sha1sum is not UNSET)
        + (actor.openid is not UNSET)
        + (actor.account is not UNSET)
    )
    if kind == "Agent":
        if identifiers != 1:
            raise InvalidValueError(
                f"un Agent lleva exactamente un identificador (mbox, mbox_sha1sum, openid o account); "
                f"trae {identifiers}"
            )
        if actor.member is not UNSET:
            raise InvalidValueError("un Agent no tiene miembros", ".member")
        return
    if identifiers > 1:
        raise InvalidValueError(f"un Group lleva a lo más un identificador; trae {identifiers}")
    if identifiers == 0 and not actor.member:
        raise InvalidValueError("un Group sin identificador necesita miembros", ".member")
    if actor.member is not UNSET:
        for place, member in enumerate(actor.member):
            try:
                _check_actor(member, need="Agent")
            except InvalidValueError as error:
                raise error.under(f".member[{place}]") from None


def _check_object(raw: Raw, *, inside: bool, newer: bool) -> Object:
    kind = _decode(_typed, raw).objectType
    if kind is UNSET or kind == "Activity":
        activity = _decode(_activity, raw)
        _check_activity(activity)
        return activity
    if kind in ("Agent", "Group"):
        actor = _decode(_actor, raw)
        _check_actor(actor)
        return actor
    if kind == "StatementRef":
        return _decode(_reference, raw)
    if kind == "SubStatement":
        if inside:
            raise InvalidValueError("un SubStatement no puede contener otro", ".objectType")
        shape = _decode(_substatement, raw)
        _check_common(shape, newer=newer)
        return shape
    raise InvalidValueError(f"objectType «{kind}» no existe", ".objectType")


def _check_activity(activity: Activity) -> None:
    if activity.objectType is not UNSET and activity.objectType != "Activity":
        raise InvalidValueError(f"objectType «{activity.objectType}» no es Activity", ".objectType")
    definition = activity.definition
    if definition is UNSET:
        return
    _check_languages(definition.name, ".definition.name")
    _check_languages(definition.description, ".definition.description")
    _check_extensions(definition.extensions, ".definition.extensions")
    present = [name for name in _LISTS if getattr(definition, name) is not UNSET]
    if definition.interactionType is UNSET:
        if present or definition.correctResponsesPattern is not UNSET:
            raise InvalidValueError("falta interactionType", ".definition")
        return
    allowed = COMPONENTS.get(definition.interactionType)
    if allowed is None:
        raise InvalidValueError(
            f"interactionType «{definition.interactionType}» no existe", ".definition.interactionType"
        )
    for name in present:
        path = f".definition.{name}"
        if name not in allowed:
            raise InvalidValueError(f"no corresponde a «{definition.interactionType}»", path)
        components = getattr(definition, name)
        if len({component.id for component in components}) != len(components):
            raise InvalidValueError("hay dos componentes con el mismo id", path)
        for place, component in enumerate(components):
            _check_languages(component.description, f"{path}[{place}].description")


def _check_result(result: Result) -> None:
    if result.duration is not UNSET and not formats.is_duration(result.duration):
        raise InvalidValueError("no es una duración ISO 8601", ".duration")
    _check_extensions(result.extensions, ".extensions")
    if result.score is UNSET:
        return
    low, high, raw = result.score.min, result.score.max, result.score.raw
    if low is not UNSET and high is not UNSET and low >= high:
        raise InvalidValueError("min debe ser menor que max", ".score.min")
    if raw is not UNSET and ((low is not UNSET and raw < low) or (high is not UNSET and raw > high)):
        raise InvalidValueError("raw debe estar entre min y max", ".score.raw")


def _check_context(context: Context, target: Object, *, newer: bool) -> None:
    if not isinstance(target, Activity):
        for name in ("revision", "platform"):
            if getattr(context, name) is not UNSET:
                raise InvalidValueError("solo se permite cuando el objeto es una Activity", f".{name}")
    if context.instructor is not UNSET:
        _at(".instructor", _check_actor, context.instructor)
    if context.team is not UNSET:
        _at(".team", _check_actor, context.team, need="Group")
    if context.language is not UNSET and not formats.is_language(context.language):
        raise InvalidValueError("no es un código de lengua", ".language")
    if context.statement is not UNSET and context.statement.objectType != "StatementRef":
        raise InvalidValueError("debe ser StatementRef", ".statement.objectType")
    _check_extensions(context.extensions, ".extensions")
    if context.contextActivities is not UNSET:
        for name, activities in context.contextActivities.lists():
            for place, activity in enumerate(activities):
                try:
                    _check_activity(activity)
                except InvalidValueError as error:
                    raise error.under(f".contextActivities.{name}[{place}]") from None
    _check_context_actors(context, newer=newer)


def _check_context_actors(context: Context, *, newer: bool) -> None:
    """``contextAgents`` and ``contextGroups`` came with IEEE 9274.1.1 (4.2.2.5)."""
    for name, kind in (("contextAgents", "contextAgent"), ("contextGroups", "contextGroup")):
        found = getattr(context, name)
        if found is UNSET:
            continue
        if not newer:
            raise InvalidValueError(f"la propiedad «{name}» existe desde xAPI 2.0", f".{name}")
        for place, item in enumerate(found):
            path = f".{name}[{place}]"
            if item.objectType != kind:
                raise InvalidValueError(f"debe ser {kind}", f"{path}.objectType")
            field = "agent" if kind == "contextAgent" else "group"
            _at(f"{path}.{field}", _check_actor, getattr(item, field), need=field.capitalize())


def _check_attachment(attachment: Attachment) -> None:
    _check_languages(attachment.display, ".display")
    _check_languages(attachment.description, ".description")


def _check_authority(authority: Actor) -> None:
    """An Agent, or a Group without identifier and of exactly two members (xAPI-Data 2.4.9)."""
    _check_actor(authority)
    if authority.objectType != "Group":
        return
    identified = any(getattr(authority, name) is not UNSET for name in IDENTIFIERS)
    if identified or authority.member is UNSET or len(authority.member) != 2:
        raise InvalidValueError("un Group que da fe es anónimo y tiene dos miembros", ".member")


def _check_languages(found: Any, path: str) -> None:
    if found is not UNSET:
        for tag in found:
            if not formats.is_language(tag):
                raise InvalidValueError(f"«{tag}» no es un código de lengua", path)


def _check_extensions(found: Any, path: str) -> None:
    if found is not UNSET:
        for key in found:
            if not formats.is_iri(key):
                raise InvalidValueError(f"la clave «{key}» no es un IRI", path)


def _check_instant(text: str, path: str) -> None:
    try:
        formats.parse_instant(text)
    except InvalidValueError as error:
        raise error.under(path) from None

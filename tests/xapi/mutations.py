"""Statements with one thing changed, and strategies for hypothesis."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from hypothesis import strategies as st

from tests.xapi.samples import (
    ATTACHMENTS,
    BRUNO,
    COURSE,
    RICH,
    RICH_2,
    TEAM,
    Path,
    Text,
    find,
    interaction,
    list_paths,
    replaced,
    write,
)

NESTED = {depth: Text("[" * depth + "]" * depth) for depth in (50, 500, 905, 910, 915, 920, 925, 930, 2000)}
HOSTILE: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 2**63 - 1, 2**63, 2**64, -(2**63) - 1, [], {}, [[]], [None], {"": 0},
    "", " ", "a\n", "\x01", "a\x7f", "😀", "Ａ", "e\u0301", "\u202e", "\ufeff", "x" * 5000,
    Text('"\\u0000"'), Text('"a\\u0000b"'), Text('"\\ud83d\\ude00"'), Text('"\\ud800"'), Text('"\\ud800x\\udc00"'),
    Text('"\x01"'), Text("1e400"), Text("-1e400"), Text("-0"), Text("1E+2"), Text("1e-400"), Text("9" * 200),
    Text("9" * 5000), Text("0." + "3" * 5000), Text("NaN"), Text("Infinity"), Text("01"), Text("1."),
    Text('{"a":1,"a":1}'), Text("tru"), Text('"'), *NESTED.values(),
)  # fmt: skip
"""What may stand where something else should."""
_TEXTS: tuple[Callable[[str], str], ...] = (
    str.upper, str.lower, str.swapcase, lambda text: text + "\n", lambda text: text + "\r", lambda text: "\n" + text,
    lambda text: text + " ", lambda text: text + "\x00", lambda text: text + "\u2028", lambda text: text[:-1],
    lambda text: text * 200,
)  # fmt: skip
_KEYS: tuple[Callable[[str], str], ...] = (
    str.upper, str.swapcase, lambda key: key + "s", lambda key: key + "\n", lambda key: key + "\x00", lambda _key: "",
)  # fmt: skip


def mutate(statement: Any, path: Path) -> Iterator[Any]:
    """The statement with something else at ``path``, in every way."""
    yield from _other_values(statement, path)
    yield from _other_keys(statement, path)


def _other_values(statement: Any, path: Path) -> Iterator[Any]:
    value = find(statement, path)
    for hostile in HOSTILE:
        yield replaced(statement, path, hostile)
    yield replaced(statement, path, [value])
    yield replaced(statement, path, {"es": value})
    if isinstance(value, str):
        for change in _TEXTS:
            yield replaced(statement, path, change(value))
    if isinstance(value, dict):
        yield from _changed_object(statement, path, value)
    if isinstance(value, list):
        yield replaced(statement, path, value * 2)


def _other_keys(statement: Any, path: Path) -> Iterator[Any]:
    parent, key = find(statement, path[:-1]), path[-1]
    if isinstance(parent, list):
        yield replaced(statement, path[:-1], parent[:key] + parent[key + 1 :])
        return
    others = {name: found for name, found in parent.items() if name != key}
    yield replaced(statement, path[:-1], others)
    for rename in _KEYS:
        yield replaced(statement, path[:-1], others | {rename(key): parent[key]})
    twice = write(parent)[:-1] + "," + write({key: parent[key]})[1:]
    yield replaced(statement, path[:-1], Text(twice))


def _changed_object(statement: Any, path: Path, value: dict[str, Any]) -> Iterator[Any]:
    yield replaced(statement, path, value | {"más": 1})
    yield replaced(statement, path, value | {"https://otro.example/más": {"a": [Text("1e400"), None]}})
    yield replaced(statement, path, value | {"objectType": "Activity"})
    yield replaced(statement, path, value | {"objectType": "SubStatement"})


def spread_mutations(statement: dict[str, Any], *, step: int) -> Iterator[tuple[str, bytes]]:
    """The statement with one thing changed, as JSON, and what was changed.

    Every path with every other key, and with each ``step``-th other value, beginning elsewhere each time.
    """
    for place, path in enumerate(list_paths(statement)):
        for number, changed in enumerate(islice(_other_values(statement, path), place % step, None, step)):
            yield f"{path}#{place % step + number * step}", write(changed).encode()
        for number, changed in enumerate(_other_keys(statement, path)):
            yield f"{path}, key {number}", write(changed).encode()


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A rich statement with one to three things changed."""
    statement: Any = draw(st.sampled_from([*RICH.values(), *RICH_2.values()]))
    for _ in range(draw(st.integers(1, 3))):
        if not isinstance(statement, dict) or not statement:
            break
        path = draw(st.sampled_from(list(list_paths(statement))))
        statement = draw(st.sampled_from(list(mutate(statement, path))))
    return write(statement).encode()


# --- Only valid ones ----------------------------------------------------------------------------
_NUMBERS = st.one_of(
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [Text(t) for t in ("-0", "0.0", "1e0", "1E+2", "1e-7", "-1.50", "9" * 60, "0." + "1" * 60)]
    ),
)
_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), _NUMBERS, st.text(max_size=20)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
_IRIS = st.builds(
    lambda scheme, rest: f"{scheme}:{rest}",
    st.sampled_from(["http", "https", "urn", "tag", "x-a.b+c", "mailto"]),
    st.text(
        st.characters(min_codepoint=0x21, exclude_characters='<>"{}|\\^`\x7f', exclude_categories=["Cs"]),
        min_size=1,
    ),
)
_LANGUAGES = st.sampled_from(
    ["es", "es-CL", "ES-cl", "zh-Hant-TW", "sl-rozaj-biske", "de-CH-1901", "x-propio", "es-419", "arn", "i-klingon",
     "en-a-bbb-x-a-ccc", "und"]
)  # fmt: skip
_MAPS = st.dictionaries(_LANGUAGES, st.text(max_size=20), max_size=4)
_EXTENSIONS = st.dictionaries(_IRIS, _JSON, max_size=3)
_UUIDS = st.uuids(version=4).map(str) | st.uuids(version=4).map(lambda found: str(found).upper())
_ZONES = st.sampled_from(["Z", "z", "+00:00", "-03:00", "+14:00", "-0430", "+05", "+05:45"])
_INSTANTS = st.builds(
    lambda at, fraction, zone: at.strftime("%Y-%m-%dT%H:%M:%S") + fraction + zone,
    st.datetimes(
        min_value=datetime(1970, 1, 2),
        max_value=datetime(2069, 1, 1),
    ),
    st.sampled_from(["", ".1", ".123", ".123456", ".123456789012"]),
    _ZONES,
)
_DURATIONS = st.sampled_from(
    [
        "P1W",
        "PT0S",
        "P1Y2M3DT4H5M6.789S",
        "PT1.5H",
        "P0D",
        "PT0.000001S",
        "P1.5Y",
        "PT36H",
        "P10000D",
        "PT1M1S",
    ]
)
_SCORES = st.sampled_from(
    [{}, {"scaled": Text("-1.0")}, {"scaled": Text("1e0"), "raw": Text("-0.0")},
     {"raw": Text("1E2"), "min": Text("99.999"), "max": 2**64}, {"min": -(2**63), "max": Text("1e300")}]
)  # fmt: skip
_DEFINITIONS = st.fixed_dictionaries(
    {},
    optional={
        "name": _MAPS,
        "description": _MAPS,
        "type": _IRIS,
        "moreInfo": _IRIS,
        "extensions": _EXTENSIONS,
    },
)
_ACTIVITIES = st.fixed_dictionaries({"id": _IRIS}, optional={"definition": _DEFINITIONS})
_OBJECTS = st.one_of(
    _ACTIVITIES,
    st.sampled_from(
        [COURSE, interaction("choice", choices=["a"]), interaction("numeric"), interaction("true-false")]
    ),
)
_ACTORS = st.one_of(
    st.sampled_from([BRUNO, TEAM]),
    st.builds(lambda home, name: {"account": {"homePage": home, "name": name}}, _IRIS, st.text(max_size=30)),
)
valid_statements = st.fixed_dictionaries(
    {
        "actor": _ACTORS,
        "verb": st.fixed_dictionaries({"id": _IRIS}, optional={"display": _MAPS}),
        "object": _OBJECTS,
    },
    optional={
        "id": _UUIDS,
        "timestamp": _INSTANTS,
        "version": st.sampled_from(["1.0", "1.0.0", "1.0.3", "1.0.12"]),
        "result": st.fixed_dictionaries(
            {},
            optional={
                "score": _SCORES,
                "duration": _DURATIONS,
                "response": st.text(max_size=50),
                "success": st.booleans(),
                "extensions": _EXTENSIONS,
            },
        ),
        "context": st.fixed_dictionaries(
            {},
            optional={
                "registration": _UUIDS,
                "language": _LANGUAGES,
                "instructor": _ACTORS,
                "platform": st.text(max_size=20),
                "contextActivities": st.fixed_dictionaries(
                    {}, optional={"parent": _ACTIVITIES, "other": st.lists(_ACTIVITIES, max_size=3)}
                ),
                "extensions": _EXTENSIONS,
            },
        ),
        "attachments": st.sampled_from([[], ATTACHMENTS]),
    },
).map(lambda statement: write(statement).encode())
"""JSON of statements that break no rule."""

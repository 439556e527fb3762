"""Questions as a content package."""

import json
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from courses.quizzes.formats.qti.manifest import MANIFEST
from courses.quizzes.formats.qti.names import OWN_FOLDER, item_identifier
from courses.quizzes.formats.qti.writing.elements import DIALECTS, Dialect, attribute
from courses.quizzes.formats.qti.writing.items import XSI, can_write, write_item
from courses.quizzes.formats.written import Written
from courses.quizzes.rules import QuestionSpec, question_to_json

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can say: a package is the same bytes whenever it is written."""


def write_qti(questions: Sequence[QuestionSpec], *, version: str) -> Written:
    """A zip with ``imsmanifest.xml`` and an item for each question.

    Beside each item is our own form of the question, ``aula/<key>.json``, so that reading the package
    again loses nothing; other systems leave it aside. Hotspots are left out.

    Args:
        version: ``"2.1"``, ``"2.2"`` or ``"3.0"``.

    Raises:
        KeyError: no such version.
    """
    dialect = DIALECTS[version]
    written = [question for question in questions if can_write(question)]
    names = _names(written)
    files = {MANIFEST: _manifest(names, dialect)}
    for name, question in zip(names, written, strict=True):
        item = write_item(question=question, dialect=dialect)
        files[_item_name(name)] = item
        files[_own_name(name)] = _own(question, item)
    left_out = tuple(question.key for question in questions if not can_write(question))
    return Written(_zip(files), left_out)


def _names(questions: Sequence[QuestionSpec]) -> list[str]:
    """Of the files: by the key, and a number where two banks have the same."""
    seen: Counter[str] = Counter()
    names = []
    for question in questions:
        name = item_identifier(question.key)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return names


def _own(question: QuestionSpec, item: bytes) -> bytes:
    """See ``courses.quizzes.formats.qti.reading.own``."""
    data = {**question_to_json(question), "item_sha256": sha256(item).hexdigest()}
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _manifest(names: Sequence[str], dialect: Dialect) -> bytes:
    resources = "".join(_resource(name, dialect) for name in names)
    location = f"{dialect.manifest_namespace} {dialect.manifest_schema}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest xmlns={attribute(dialect.manifest_namespace)} xmlns:xsi="{XSI}"'
        f' xsi:schemaLocation={attribute(location)} identifier="AULA_ABIERTA">\n'
        f"<metadata><schema>{dialect.package}</schema>"
        f"<schemaversion>{dialect.package_version}</schemaversion></metadata>\n"
        f"<organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    ).encode()


def _resource(name: str, dialect: Dialect) -> str:
    item, own = attribute(_item_name(name)), attribute(_own_name(name))
    return (
        f'<resource identifier="RES_{name}" type="{dialect.resource_type}" href={item}>'
        f"<file href={item}/><file href={own}/></resource>\n"
    )


def _item_name(name: str) -> str:
    return f"items/{name}.xml"


def _own_name(name: str) -> str:
    return f"{OWN_FOLDER}{name.removeprefix('_')}.json"


def _zip(files: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(name, EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()

"""Reading a whole pack from a folder and checking that its files agree. No database."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from content_packs.checks import (
    check_course,
    check_dilemma,
    check_question,
    check_readability,
    check_repeated,
    check_repeated_in_course,
    check_section,
)
from content_packs.manifest import (
    CourseFile,
    DilemmaFile,
    LawEntry,
    PackManifest,
    QuestionEntry,
)
from content_packs.pack import Pack
from content_packs.problems import PackError, Problem
from content_packs.sections import read_lesson
from content_packs.yaml_lines import Located, convert, load

Kind = TypeVar("Kind")


class _Reader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def text(self, name: str) -> str | None:
        path = (self.root / name).resolve()
        if not path.is_relative_to(self.root.resolve()):
            self.problems.append(Problem(name, 1, "El archivo está fuera del paquete."))
            return None
        try:
            text = path.read_bytes().decode("utf-8-sig")
            if "\x00" not in text:
                return text
            self.problems.append(Problem(name, 1, "El archivo no es un texto en UTF-8. Guárdalo como UTF-8."))
        except FileNotFoundError:
            self.problems.append(Problem(name, 1, "El archivo no existe."))
        except UnicodeDecodeError:
            self.problems.append(Problem(name, 1, "El archivo no está en UTF-8. Guárdalo como UTF-8."))
        except OSError:
            self.problems.append(Problem(name, 1, "El archivo no se puede leer."))
        return None

    def shape(self, name: str, kind: type[Kind]) -> tuple[Kind | None, Located]:
        text = self.text(name)
        if text is None:
            return None, Located(None, name)
        if not text.strip():
            self.problems.append(Problem(name, 1, "El archivo está vacío."))
            return None, Located(None, name)
        try:
            located = load(text, file=name)
            return convert(located, kind), located
        except PackError as error:
            self.problems.extend(error.problems)
            return None, Located(None, name)

    def run(self, check: Callable[[], Iterator[Problem]]) -> None:
        self.problems.extend(check())


def read_pack(root: Path) -> Pack:
    """Read and check a pack.

    Raises:
        PackError: everything that is wrong, by file and line.
    """
    reader = _Reader(root)
    manifest, _located = reader.shape("pack.yaml", PackManifest)
    if manifest is None:
        raise PackError(reader.problems)
    pack = Pack(root, manifest)
    if manifest.kind == "course":
        _read_course_pack(reader, pack)
    if reader.problems:
        raise PackError(reader.problems)
    pack.warnings = sorted(reader.warnings)
    return pack


def _read_course_pack(reader: _Reader, pack: Pack) -> None:
    laws, laws_located = reader.shape(pack.manifest.files.laws or "laws.yaml", list[LawEntry])
    pack.laws = laws or []
    course, course_located = reader.shape(pack.manifest.files.course or "course.yaml", CourseFile)
    if course is None:
        return
    pack.course = course
    for path in sorted((pack.root / "dilemmas").glob("*.yaml")):
        dilemma, located = reader.shape(f"dilemmas/{path.name}", DilemmaFile)
        if dilemma:
            if dilemma.code != path.stem:
                reader.problems.append(
                    located.problem(f"code: debe ser «{path.stem}», como el archivo.", "code")
                )
            pack.dilemmas[dilemma.code] = dilemma
            reader.run(lambda d=dilemma, at=located: check_dilemma(pack, d, at))  # type: ignore[misc]
    for module in course.modules:
        for code in module.lessons:
            _read_lesson(reader, pack, code)
    keys: set[str] = set()
    for path in sorted((pack.root / "questions").glob("*.yaml")):
        entries, located = reader.shape(f"questions/{path.name}", list[QuestionEntry])
        for index, entry in enumerate(entries or []):
            if entry.key in keys:
                reader.problems.append(
                    located.problem(f"La clave «{entry.key}» se repite en el banco.", index, "key")
                )
            keys.add(entry.key)
            pack.questions.append(entry)
            reader.run(lambda e=entry, i=index, at=located: check_question(pack, e, i, at))  # type: ignore[misc]
    reader.run(lambda: check_course(pack, course, course_located))
    reader.run(lambda: check_repeated_in_course(course, course_located))
    reader.run(lambda: check_repeated(pack, laws_located))
    reader.warnings.extend(check_readability(pack))


def _read_lesson(reader: _Reader, pack: Pack, code: str) -> None:
    name = f"lessons/{code}.md"
    text = reader.text(name)
    if text is None:
        return
    try:
        lesson = read_lesson(text, file=name)
    except PackError as error:
        reader.problems.extend(error.problems)
        return
    if lesson.head.code != code:
        reader.problems.append(
            lesson.head_located.problem(f"code: debe ser «{code}», como el archivo.", "code")
        )
    pack.lessons[code] = lesson
    for section in lesson.sections:
        reader.problems.extend(check_section(pack, lesson, section))

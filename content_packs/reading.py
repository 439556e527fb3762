"""Reading a whole pack from a folder and checking that its files agree. No database."""

from pathlib import Path

from content_packs.checks import (
    check_course,
    check_dilemma,
    check_question,
    check_repeated,
    check_repeated_in_course,
    check_reserved_in_course,
    check_section,
    check_terms,
)
from content_packs.manifest import CourseFile, LawEntry, PackManifest, QuestionEntry, TermEntry
from content_packs.pack import Pack
from content_packs.problems import PackError
from content_packs.quality import check_quality
from content_packs.reader import Reader
from content_packs.translations import read_translations


def read_pack(root: Path) -> Pack:
    """Read and check a pack: its files first, then what people would learn from it.

    Raises:
        PackError: everything that is wrong, by file and line; blocking findings of the quality report too.
    """
    reader = Reader(root)
    manifest, _located = reader.shape("pack.yaml", PackManifest)
    if manifest is None:
        raise PackError(reader.problems)
    pack = Pack(root, manifest)
    if manifest.kind != "plan":
        _read_course_pack(reader, pack)
        read_translations(reader, pack)
    if not reader.problems and pack.course is not None:
        errors, pack.warnings = check_quality(pack)
        reader.problems.extend(errors)
    if reader.problems:
        raise PackError(reader.problems)
    return pack


def _read_course_pack(reader: Reader, pack: Pack) -> None:
    laws, laws_located = reader.shape(pack.manifest.files.laws or "laws.yaml", list[LawEntry])
    pack.laws = laws or []
    course, course_located = reader.shape(pack.manifest.files.course or "course.yaml", CourseFile)
    if pack.manifest.files.glossary:
        terms, terms_located = reader.shape(pack.manifest.files.glossary, list[TermEntry])
        pack.terms = terms or []
        reader.run(lambda: check_terms(pack, terms_located))
    if course is None:
        return
    pack.course = course
    for path in sorted((pack.root / "dilemmas").glob("*.yaml")):
        dilemma, located = reader.dilemma(f"dilemmas/{path.name}", path.stem)
        if dilemma:
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
    reader.run(lambda: check_reserved_in_course(course, course_located))
    reader.run(lambda: check_repeated(pack, laws_located))


def _read_lesson(reader: Reader, pack: Pack, code: str) -> None:
    lesson = reader.lesson(f"lessons/{code}.md", code)
    if lesson is None:
        return
    pack.lessons[code] = lesson
    for section in lesson.sections:
        reader.problems.extend(check_section(pack, lesson, section))

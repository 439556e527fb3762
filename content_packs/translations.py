"""The translations of a pack: the same files in other words. No database.

A translation may lack files; one that is there asks and decides what its original does.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from content_packs.checks import check_dilemma, check_question, check_section
from content_packs.manifest import CourseFile, CourseWords, DilemmaSection, QuestionEntry, Shape
from content_packs.pack import Pack, PackTranslation
from content_packs.problems import Problem
from content_packs.reader import Reader
from content_packs.sections import LessonFile
from content_packs.yaml_lines import Located, Path
from courses.languages import translation_languages

WORDS = frozenset({
    "alt", "article", "audience", "caption", "captions", "closing", "consequence", "definition",
    "distractors", "duration", "fallback", "feedback", "feedback_false", "feedback_true", "feedback_wrong",
    "file", "guide", "heading", "intro", "items", "label", "left", "lesson", "name", "note", "outcome",
    "question", "quote", "recap", "reflection", "right", "says", "short_title", "stake", "stem", "summary",
    "term", "text", "title", "transcript", "who",
})  # fmt: skip
"""Fields that a translation says in its own way; all others are equal."""

FREE = frozenset({"outcomes", "variants"})
"""Lists of words that need not be as long as the original's."""


def read_translations(reader: Reader, pack: Pack) -> None:
    """Every folder of ``translations/``, into ``pack.translations``; its name is the code of a language."""
    languages = translation_languages()
    for folder in sorted(path for path in (pack.root / "translations").glob("*") if path.is_dir()):
        base = f"translations/{folder.name}"
        if folder.name not in languages:
            text = f"No se traduce a «{folder.name}». Idiomas a los que se traduce: {', '.join(languages)}."
            reader.problems.append(Problem(base, 1, text))
            continue
        words, located = reader.shape(f"{base}/course.yaml", CourseWords)
        if words is None or pack.course is None:
            continue
        reader.run(lambda: check_course_words(pack.course, words, located))  # noqa: B023  # at once
        translation = PackTranslation(folder.name, words)
        _read_dilemmas(reader, pack, translation, base)
        _read_lessons(reader, pack, translation, base)
        _read_questions(reader, pack, translation, base)
        pack.translations.append(translation)


def check_course_words(course: CourseFile | None, words: CourseWords, located: Located) -> Iterator[Problem]:
    """Titles and names are of modules and competences that there are, and of all of them."""
    if course is None:
        return
    for name, codes, known in (
        ("modules", words.modules, {module.code for module in course.modules}),
        ("competences", words.competences, {competence.code for competence in course.competences}),
    ):
        for code in sorted(codes.keys() - known):
            yield located.problem(f"{name}: «{code}» no está en course.yaml.", name, code)
        for code in sorted(known - codes.keys()):
            yield located.problem(f"{name}: falta «{code}».", name)
    if len(words.outcomes) != len(course.outcomes):
        yield located.problem(f"outcomes: son {len(course.outcomes)}, como en course.yaml.", "outcomes")
    if course.assessment and not words.assessment_title:
        yield located.problem("assessment_title: falta el título de la evaluación.")


def _read_dilemmas(reader: Reader, pack: Pack, translation: PackTranslation, base: str) -> None:
    for path in sorted((pack.root / base / "dilemmas").glob("*.yaml")):
        name = f"{base}/dilemmas/{path.name}"
        original = pack.dilemmas.get(path.stem)
        dilemma, located = reader.dilemma(name, path.stem)
        if original is None:
            reader.problems.append(Problem(name, 1, f"No existe dilemmas/{path.name}."))
        elif dilemma:
            translation.dilemmas[path.stem] = dilemma
            reader.problems += [*check_dilemma(pack, dilemma, located), *compare(original, dilemma, located)]


def _read_lessons(reader: Reader, pack: Pack, translation: PackTranslation, base: str) -> None:
    for path in sorted((pack.root / base / "lessons").glob("*.md")):
        name = f"{base}/lessons/{path.name}"
        original = pack.lessons.get(path.stem)
        lesson = reader.lesson(name, path.stem)
        if original is None:
            reader.problems.append(Problem(name, 1, f"No existe lessons/{path.name}."))
        elif lesson:
            translation.lessons[path.stem] = lesson
            for section in lesson.sections:
                reader.problems += check_section(pack, lesson, section)
            reader.problems += compare_lessons(original, lesson)
            reader.problems += _missing_dilemmas(translation, lesson)


def _missing_dilemmas(translation: PackTranslation, lesson: LessonFile) -> Iterator[Problem]:
    for section in lesson.sections:
        entry = section.entry
        if isinstance(entry, DilemmaSection) and entry.code not in translation.dilemmas:
            missing = f"translations/{translation.language}/dilemmas/{entry.code}.yaml"
            yield Problem(lesson.file, section.line, f"Falta {missing}, que la lección muestra.")


def compare_lessons(original: LessonFile, lesson: LessonFile) -> Iterator[Problem]:
    """Same blocks in the same order, and the same in each but for its words."""
    yield from compare(original.head, lesson.head, lesson.head_located)
    wanted, found = ([section.kind for section in one.sections] for one in (original, lesson))
    if wanted != found:
        same = next((i for i, pair in enumerate(zip(wanted, found)) if pair[0] != pair[1]), len(found))  # noqa: B905
        line = lesson.sections[min(same, len(found) - 1)].line if found else 1
        yield Problem(lesson.file, line, f"Los bloques son, en este orden: {', '.join(wanted)}.")
        return
    for first, second in zip(original.sections, lesson.sections, strict=True):
        if first.entry and second.entry and second.located:
            yield from compare(first.entry, second.entry, second.located)


def _read_questions(reader: Reader, pack: Pack, translation: PackTranslation, base: str) -> None:
    originals = {entry.key: entry for entry in pack.questions}
    seen: set[str] = set()
    for path in sorted((pack.root / base / "questions").glob("*.yaml")):
        entries, located = reader.shape(f"{base}/questions/{path.name}", list[QuestionEntry])
        for index, entry in enumerate(entries or []):
            original = originals.get(entry.key)
            if original is None or entry.key in seen:
                text = "se repite" if original else "no está en questions/"
                reader.problems.append(located.problem(f"La clave «{entry.key}» {text}.", index, "key"))
                continue
            seen.add(entry.key)
            translation.questions.append(entry)
            reader.problems += check_question(pack, entry, index, located)
            reader.problems += compare(original, entry, located, index)


def compare(original: Shape, translated: Shape, located: Located, *path: str | int) -> Iterator[Problem]:
    """The first thing, words aside, in which a translation is not as its original."""
    where = _difference(msgspec.to_builtins(original), msgspec.to_builtins(translated), path)
    if where is not None:
        names = [str(part + 1) if isinstance(part, int) else part for part in where[len(path) :]]
        name = " ".join(names) or "aquí"
        yield located.problem(f"{name}: no es como en el original. Traduce solo los textos.", *where)


def _difference(first: Any, second: Any, path: Path) -> Path | None:
    if isinstance(first, dict) and isinstance(second, dict):
        names = (name for name in {**first, **second} if name not in FREE)
        parts = [(name, first.get(name), second.get(name)) for name in names]
    elif isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        parts = [(index, *pair) for index, pair in enumerate(zip(first, second, strict=True))]
    else:
        is_same = first == second or (_name_of(path) in WORDS and not isinstance(second, (list, dict)))
        return None if is_same and isinstance(first, list) == isinstance(second, list) else path
    found = (_difference(one, other, (*path, part)) for part, one, other in parts)
    return next((where for where in found if where is not None), None)


def _name_of(path: Path) -> str:
    return next((part for part in reversed(path) if isinstance(part, str)), "")

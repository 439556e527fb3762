"""Do the files of a pack agree with each other? Each check yields problems by file and line. No database."""

from collections.abc import Iterator
from pathlib import Path

from content_packs.folders import IMAGE_SUFFIXES
from content_packs.manifest import (
    CheckSection,
    CodeSection,
    CourseFile,
    DilemmaFile,
    DilemmaSection,
    DocumentSection,
    ImageSection,
    LawSection,
    LocalExampleSection,
    QuestionEntry,
    VideoSection,
)
from content_packs.pack import Pack
from content_packs.problems import Problem
from content_packs.questions import CHOICES, BodyError, to_body
from content_packs.sections import LessonFile, Section, find_markdown_problems
from content_packs.yaml_lines import Located
from courses.blocks.story import Story, find_story_problem
from courses.blocks.topics import CodeTopic
from courses.keys import RESERVED_CODES, RESERVED_KEYS
from courses.models import CourseTopic
from courses.quizzes.blocks.flaws import describe_flaws
from courses.quizzes.rules import KINDS


def _law_keys(pack: Pack) -> set[str]:
    return {law.key for law in pack.laws}


def check_section(pack: Pack, lesson: LessonFile, section: Section) -> Iterator[Problem]:
    entry, located = section.entry, section.located
    if entry is None or located is None:
        return
    if isinstance(entry, LawSection) and entry.law not in _law_keys(pack):
        yield located.problem(f"law: «{entry.law}» no está en laws.yaml.", "law")
    if isinstance(entry, CodeSection | LocalExampleSection) and entry.topic not in CodeTopic.values:
        known = ", ".join(CodeTopic.values)
        yield located.problem(f"topic: «{entry.topic}» no es un tema: {known}.", "topic")
    if isinstance(entry, CheckSection):
        correct = sum(option.correct for option in entry.options)
        if correct != 1:
            yield located.problem(f"options: marca una correcta; hay {correct}.", "options")
    if isinstance(entry, DilemmaSection) and entry.code not in pack.dilemmas:
        yield located.problem(f"code: no existe dilemmas/{entry.code}.yaml.", "code")
    if isinstance(entry, ImageSection) and not entry.decorative and not entry.alt.strip():
        yield located.problem("alt: describe la imagen o márcala como decorativa.", "file")
    for field_name, name, suffixes in _media_of(entry):
        if "/" in name or "\\" in name or not (pack.root / "media" / name).is_file():
            yield located.problem(f"{field_name}: no existe media/{name}.", field_name)
        elif suffixes and Path(name).suffix.lower() not in suffixes:
            wanted = ", ".join(sorted(suffixes))
            yield located.problem(f"{field_name}: media/{name} debe terminar en {wanted}.", field_name)


def _media_of(entry: object) -> list[tuple[str, str, frozenset[str]]]:
    """``(field, file, endings that it may have)``; no endings means any."""
    if isinstance(entry, VideoSection):
        return [("file", entry.file, frozenset({".mp4"})), ("captions", entry.captions, frozenset({".vtt"}))]
    if isinstance(entry, ImageSection):
        return [("file", entry.file, IMAGE_SUFFIXES)]
    if isinstance(entry, DocumentSection):
        return [("file", entry.file, frozenset())]
    return []


def check_dilemma(pack: Pack, dilemma: DilemmaFile, located: Located) -> Iterator[Problem]:
    if dilemma.topic not in CodeTopic.values:
        yield located.problem(f"topic: «{dilemma.topic}» no es un tema conocido.", "topic")
    for field_name, entry in (("reminder", dilemma.reminder), ("law", dilemma.law)):
        if entry and entry.law and entry.law not in _law_keys(pack):
            yield located.problem(f"{field_name}: «{entry.law}» no está en laws.yaml.", field_name, "law")
    yield from find_markdown_problems(dilemma, located)
    for index, scene in enumerate(dilemma.scenes):
        yield from find_markdown_problems(scene, located, "scenes", index)
    if dilemma.law:
        yield from find_markdown_problems(dilemma.law, located, "law")
    problem = find_story_problem(_story_of(dilemma))
    if problem:
        yield located.problem(problem, "scenes")


def _story_of(dilemma: DilemmaFile) -> Story:
    return Story(
        start=dilemma.start,
        scenes=[(scene.key, [(c.key, c.next) for c in scene.choices]) for scene in dilemma.scenes],
        roles=[(role.key, role.start) for role in dilemma.roles],
        echoes=[
            *((scene.key, echo.after) for scene in dilemma.scenes for echo in scene.echoes),
            *(("", echo.after) for echo in dilemma.epilogue),
        ],
    )


def check_question(pack: Pack, entry: QuestionEntry, index: int, located: Located) -> Iterator[Problem]:
    field = "options" if entry.kind in CHOICES else "body"
    try:
        flaws = list(KINDS[entry.kind].flaws(to_body(entry)))
    except BodyError as error:
        yield located.problem(f"{entry.key}: {error}", index, "kind")
    else:
        for text in describe_flaws(flaws):
            yield located.problem(f"{entry.key}: {text}", index, field)
    if entry.source.law and entry.source.law not in _law_keys(pack):
        yield located.problem(f"{entry.key}: «{entry.source.law}» no está en laws.yaml.", index, "source")
    if not entry.source.law and not entry.source.note:
        yield located.problem(f"{entry.key}: di la fuente (law o note).", index, "source")
    lessons = {code for module in pack.course.modules for code in module.lessons} if pack.course else set()
    if entry.review and entry.review not in lessons:
        yield located.problem(f"{entry.key}: la lección «{entry.review}» no existe.", index, "review")
    if pack.course and entry.competence not in {c.code for c in pack.course.competences}:
        yield located.problem(f"{entry.key}: «{entry.competence}» no es del curso.", index, "competence")


def check_course(pack: Pack, course: CourseFile, located: Located) -> Iterator[Problem]:
    if course.topic not in CourseTopic.values:
        known_topics = ", ".join(CourseTopic.values)
        yield located.problem(f"topic: «{course.topic}» no es un tema: {known_topics}.", "topic")
    known = {competence.code for competence in course.competences}
    for code, lesson in pack.lessons.items():
        for competence in lesson.head.competences:
            if competence not in known:
                yield lesson.head_located.problem(
                    f"competences: «{competence}» no es del curso.", "competences"
                )
        if not any(section.kind == "check" for section in lesson.sections):
            yield Problem(f"lessons/{code}.md", 1, "La lección no tiene ninguna pregunta (bloque check).")
    if course.assessment:
        for index, draw in enumerate(course.assessment.blueprint):
            have = sum(1 for q in pack.questions if q.competence == draw.competence)
            if have < draw.count:
                yield located.problem(
                    f"assessment: pide {draw.count} preguntas de {draw.competence} y hay {have}.",
                    "assessment", "blueprint", index,
                )  # fmt: skip
    dilemmas = sum(1 for lesson in pack.lessons.values() for s in lesson.sections if s.kind == "dilemma")
    if course.completion.require_dilemmas > dilemmas:
        yield located.problem(f"completion: pide más dilemas de los que hay ({dilemmas}).", "completion")


def check_repeated_in_course(course: CourseFile, located: Located) -> Iterator[Problem]:
    """Modules, lessons, competences and parts of the assessment are named once each."""
    draws = course.assessment.blueprint if course.assessment else []
    named: list[tuple[str, tuple[str | int, ...]]] = [
        *((f"competencia {c.code}", ("competences", i)) for i, c in enumerate(course.competences)),
        *((f"módulo {m.code}", ("modules", i)) for i, m in enumerate(course.modules)),
        *(
            (f"lección {code}", ("modules", i, "lessons", j))
            for i, module in enumerate(course.modules)
            for j, code in enumerate(module.lessons)
        ),
        *((f"sorteo de {d.competence}", ("assessment", "blueprint", i)) for i, d in enumerate(draws)),
    ]
    if course.assessment:
        named.append((f"lección {course.assessment.code}", ("assessment", "code")))
    seen: set[str] = set()
    for name, path in named:
        if name in seen:
            yield located.problem(f"«{name}» está dos veces.", *path)
        seen.add(name)


def check_reserved_in_course(course: CourseFile, located: Located) -> Iterator[Problem]:
    """Neither the course nor what is learned in it is named as another page of the classroom."""
    named: list[tuple[str, tuple[str | int, ...]]] = [
        (code, ("modules", i, "lessons", j))
        for i, module in enumerate(course.modules)
        for j, code in enumerate(module.lessons)
    ]
    if course.assessment:
        named.append((course.assessment.code, ("assessment", "code")))
    reserved = [(code, path) for code, path in named if code in RESERVED_KEYS]
    if course.code in RESERVED_CODES:
        reserved.append((course.code, ("code",)))
    for code, path in reserved:
        yield located.problem(f"«{code}» es la dirección de otra página del aula; elige otra clave.", *path)


def check_terms(pack: Pack, located: Located) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, entry in enumerate(pack.terms):
        if entry.term.casefold() in seen:
            yield located.problem(f"«{entry.term}» está dos veces.", index, "term")
        seen.add(entry.term.casefold())
        if not entry.definition and not entry.avoid_for:
            yield located.problem(f"«{entry.term}»: di su significado o qué reemplaza.", index, "term")


def check_repeated(pack: Pack, laws_located: Located) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, law in enumerate(pack.laws):
        if law.key in seen:
            yield laws_located.problem(f"«{law.key}» está dos veces.", index, "key")
        seen.add(law.key)
    checks: dict[str, str] = {}
    for lesson in pack.lessons.values():
        for section in lesson.sections:
            if isinstance(section.entry, CheckSection):
                key = section.entry.key
                if key in checks:
                    yield Problem(lesson.file, section.line, f"La clave «{key}» ya se usa en {checks[key]}.")
                checks[key] = lesson.file

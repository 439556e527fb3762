"""Reading courses and their frozen releases. Where a language is asked for, none is the source language."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, When
from wagtail.blocks import StreamValue

from courses.addresses import page_paths
from courses.blocks import LessonBody
from courses.blocks.media import files_loaded
from courses.glossary import Term
from courses.languages import preferred, source_language
from courses.models import (
    Competence,
    Course,
    CoursePage,
    CourseRelease,
    GlossaryTerm,
    LessonPage,
    ReleaseTranslation,
    ReleaseUnit,
)
from courses.outline import CourseOutline
from courses.quizzes.rules import QuestionSpec, question_from_json

_body_block = LessonBody()


class CourseNotFoundError(LookupError):
    """No published course has that code."""


@dataclass(frozen=True)
class CatalogueRow:
    """One course as the catalogue shows it. ``text``: what a search looks in.

    ``language``: of its texts.
    """

    code: str
    title: str
    summary: str
    url: str
    topic: str
    topic_label: str
    emblem: str
    audience: str
    minutes: int
    commitments: tuple[int, ...]
    text: str = ""
    language: str = ""


@dataclass(frozen=True)
class LessonPlace:
    """A lesson of a published course, by their titles."""

    course: str
    lesson: str


@dataclass(frozen=True)
class CatalogueQuery:
    """What a visitor looks for. Empty fields filter nothing."""

    search: str = ""
    topics: tuple[str, ...] = ()
    longest: int | None = None


def get_current_release(*, course_code: str) -> CourseRelease:
    """The release that new enrolments get. One query.

    Raises:
        CourseNotFoundError: unknown code, or nothing published yet.
    """
    release = (
        CourseRelease.objects.select_related("course")
        .filter(course__code=course_code, is_current=True)
        .first()
    )
    if release is None:
        raise CourseNotFoundError(course_code)
    return release


def get_readable_release(*, release: CourseRelease) -> CourseRelease:
    """The newest release with the same structure: same demands, best words. One query."""
    return (
        CourseRelease.objects.select_related("course")
        .filter(course_id=release.course_id, structure_hash=release.structure_hash)
        .order_by("-number")
        .first()
        or release
    )


@dataclass(frozen=True)
class UnitText:
    """The frozen content of a unit, and the language in which it is: not always the one asked for."""

    language: str
    payload: dict[str, Any]


def get_unit_text(*, release: CourseRelease, key: str, language: str = "") -> UnitText:
    """The frozen content of a unit, in the source language unless it has it in ``language``. One query.

    Raises:
        ReleaseUnit.DoesNotExist: the release has no such unit.
    """
    return _best(ReleaseUnit.objects.filter(release=release, key=key), language)


def get_unit_payload(*, release: CourseRelease, key: str, language: str = "") -> dict[str, Any]:
    """The payload of :func:`get_unit_text`."""
    return get_unit_text(release=release, key=key, language=language).payload


def read_unit(*, release: CourseRelease, key: str, language: str) -> UnitText:
    """The content of a unit in the newest release with the same structure. One query.

    Raises:
        ReleaseUnit.DoesNotExist: there is no such unit.
    """
    rows = ReleaseUnit.objects.filter(
        key=key, release__course_id=release.course_id, release__structure_hash=release.structure_hash
    )
    return _best(rows, language)


def _best(rows: QuerySet[ReleaseUnit], language: str) -> UnitText:
    """Of the newest release, the language asked for where it has it."""
    is_asked_for = Case(When(language=language, then=0), default=1)
    found = (
        rows.filter(language__in=preferred(language=language or source_language()))
        .order_by("-release__number", is_asked_for)
        .first()
    )
    if found is None:
        raise ReleaseUnit.DoesNotExist
    return UnitText(found.language, found.payload)


def outline_in(*, release: CourseRelease, language: str = "") -> CourseOutline:
    """The outline of a release in the best words of a language: of the newest with the same structure.

    In the source language where there are none. One query, none in the source language.
    """
    return outlines_in(releases=[release], language=language)[release.pk]


def outlines_in(*, releases: Iterable[CourseRelease], language: str = "") -> dict[int, CourseOutline]:
    """The same of many, by id of the release. One query, none in the source language."""
    releases = list(releases)
    found: dict[tuple[int, str], ReleaseTranslation] = {}
    if language not in ("", source_language()):
        rows = ReleaseTranslation.objects.newest().filter(
            language=language, release__course_id__in={release.course_id for release in releases}
        )
        for row in rows.select_related("release"):
            found[row.release.course_id, row.release.structure_hash] = row
    outlines = {}
    for release in releases:
        words = found.get((release.course_id, release.structure_hash))
        outlines[release.pk] = words.put(release.outline) if words else release.outline
    return outlines


def read_units(*, release: CourseRelease, language: str) -> tuple[CourseRelease, dict[str, UnitText]]:
    """The newest release with the same structure, and by key the content of its units. Two queries.

    Each in ``language`` where it has it, else in the source language.
    """
    newest = get_readable_release(release=release)
    return newest, _best_of_each(ReleaseUnit.objects.filter(release=newest), language)


def read_units_of(*, release: CourseRelease, language: str, keys: Collection[str]) -> dict[str, UnitText]:
    """The content that units of this very release have, by key, in the language as above. One query."""
    return _best_of_each(ReleaseUnit.objects.filter(release=release, key__in=keys), language)


def _best_of_each(rows: QuerySet[ReleaseUnit], language: str) -> dict[str, UnitText]:
    languages = preferred(language=language)
    found = rows.filter(language__in=languages)
    best_last = sorted(found, key=lambda row: languages.index(row.language), reverse=True)
    return {row.key: UnitText(row.language, row.payload) for row in best_last}


def to_stream(raw: list[dict[str, Any]]) -> StreamValue:
    """Raw StreamField data as a value that templates can iterate and render. One query for all its files."""
    value: StreamValue = _body_block.to_python(raw)
    with files_loaded(raw) as has_files:
        if has_files:
            list(value)  # otherwise each block would ask for its own when it is shown
    return value


def list_questions(*, release: CourseRelease, key: str, language: str = "") -> dict[str, QuestionSpec]:
    """The frozen questions of an assessment, by key. They carry the answers: server side only. One query."""
    return questions_of(get_unit_text(release=release, key=key, language=language))


def list_wordings(*, release: CourseRelease, key: str) -> list[dict[str, QuestionSpec]]:
    """The questions of an assessment in each language, the source first. One query."""
    rows = ReleaseUnit.objects.filter(release=release, key=key)
    ordered = sorted(rows, key=lambda row: (row.language != source_language(), row.language))
    return [questions_of(UnitText(row.language, row.payload)) for row in ordered]


def questions_of(text: UnitText) -> dict[str, QuestionSpec]:
    """The questions of an assessment, by key."""
    return {q["key"]: question_from_json(q) for q in text.payload["questions"]}


def list_terms() -> tuple[Term, ...]:
    """The whole glossary, by word. One query."""
    return tuple(row.to_term() for row in GlossaryTerm.objects.order_by("term"))


def list_live_pages() -> QuerySet[CoursePage]:
    """Published course pages in the source language, in catalogue order."""
    pages: QuerySet[CoursePage] = CoursePage.objects.live().of_source().open_to_all().order_by("path")
    return pages


def find_live_page(*, course_code: str) -> CoursePage | None:
    """The published page of a course in the source language, if there is one. One query."""
    page: CoursePage | None = CoursePage.objects.live().of_source().filter(code=course_code).first()
    return page


def find_lesson_page(*, course_code: str, unit_key: str) -> LessonPage | None:
    """Where the words of a lesson are edited; ``None`` where its page is gone. Two queries."""
    course = CoursePage.objects.of_source().filter(code=course_code).first()
    lessons = LessonPage.objects.descendant_of(course) if course else LessonPage.objects.none()
    page: LessonPage | None = lessons.filter(key=unit_key).first()
    return page


def list_catalogue(*, pages: Iterable[CoursePage], language: str = "") -> list[CatalogueRow]:
    """Rows for pages that have a release, which lends minutes and words. One query, two in a translation."""
    pages = list(pages)
    outlines = current_outlines(codes=[page.code for page in pages], language=language)
    paths = page_paths(pages)
    return [
        _catalogue_row(page, outlines[page.code], paths.get(page.pk, f"/cursos/{page.slug}/"))
        for page in pages
        if page.code in outlines
    ]


def _catalogue_row(page: CoursePage, outline: CourseOutline, path: str) -> CatalogueRow:
    texts = [outline.title, outline.summary, outline.audience, *outline.outcomes]
    texts += [text for unit in outline.units for text in (unit.title, unit.summary)]
    texts += [competence.name for competence in outline.competences]
    return CatalogueRow(
        code=page.code,
        title=outline.title,
        summary=outline.summary,
        language=outline.language,
        url=path,
        topic=page.topic,
        topic_label=page.get_topic_display(),
        emblem=page.emblem,
        audience=outline.audience,
        minutes=outline.minutes,
        commitments=page.commitment_numbers,
        text=" ".join(texts),
    )


def fold(text: str) -> str:
    """Lower case without accents, so that «educacion» finds «educación» on every database."""
    parts = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def filter_catalogue(*, rows: Iterable[CatalogueRow], query: CatalogueQuery) -> list[CatalogueRow]:
    """Rows with every word of the search (a plural finds its singular), topic and length."""
    wanted = [_singular(word) for word in fold(query.search).split()]
    return [
        row
        for row in rows
        if _has_words(row, wanted)
        and (not query.topics or row.topic in query.topics)
        and (query.longest is None or row.minutes <= query.longest)
    ]


def _has_words(row: CatalogueRow, wanted: list[str]) -> bool:
    text = fold(row.text) if wanted else ""
    return all(word in text for word in wanted)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def current_outlines(*, codes: Iterable[str], language: str = "") -> dict[str, CourseOutline]:
    """The current outline of each course that has one, by code. One query, two in a translation."""
    rows = CourseRelease.objects.filter(is_current=True, course__code__in=list(codes))
    releases = {row.course.code: row for row in rows.select_related("course")}
    outlines = outlines_in(releases=releases.values(), language=language)
    return {code: outlines[release.pk] for code, release in releases.items()}


def list_competences(*, language: str) -> list[Competence]:
    """Every competence once, by code: in ``language``, else in the source language. One query."""
    languages = preferred(language=language)
    rows = Competence.objects.filter(locale__language_code__in=languages).select_related("locale")
    best_last = sorted(rows, key=lambda row: languages.index(row.locale.language_code), reverse=True)
    found = {row.code: row for row in best_last}
    return [found[code] for code in sorted(found)]


def list_courses_with_release() -> QuerySet[Course]:
    """Courses that have been published at least once, by title."""
    return Course.objects.filter(releases__is_current=True).order_by("title")


def list_undecided() -> set[str]:
    """Codes of the courses whose new version waits for a decision. One query."""
    return set(Course.objects.exclude(decision_needed_at=None).values_list("code", flat=True))


def list_lessons_with(*, blocks: Collection[str], topic: str = "") -> list[LessonPlace]:
    """Lessons whose newest words hold a block of one of these kinds, on ``topic`` where one is given.

    In the source language. Two queries; reads all lessons of all current releases.
    """
    releases = (
        CourseRelease.objects.filter(is_current=True).select_related("course").order_by("course__title")
    )
    lessons = ReleaseUnit.objects.filter(
        release__is_current=True, language=source_language(), payload__has_key="body"
    )
    rows = lessons.values_list("release_id", "key", "payload__body")
    bodies = {(release_id, key): body for release_id, key, body in rows}
    return [
        LessonPlace(release.course.title, unit.title)
        for release in releases
        for unit in release.outline.units
        if _holds_block(bodies.get((release.pk, unit.key), ()), blocks, topic)
    ]


def _holds_block(raw: Iterable[dict[str, Any]], blocks: Collection[str], topic: str) -> bool:
    return any(block["type"] in blocks and (not topic or block["value"]["topic"] == topic) for block in raw)

"""The translations of a course as files of its pack."""

from content_packs.manifest import CourseWords
from content_packs.services.exported_files import Writer, export_lesson, export_questions
from courses.models import Competence, CoursePage, LessonPage, ModulePage
from courses.quizzes.models import Question


def export_translation(
    writer: Writer, page: CoursePage, translated: CoursePage, laws: dict[int, str]
) -> set[str]:
    """Write one language; the keys of the laws it names."""
    base = f"translations/{translated.language}/"
    used: set[str] = set()
    lessons = {lesson.key: lesson for lesson in LessonPage.objects.descendant_of(page).live()}
    for lesson in LessonPage.objects.descendant_of(translated).live().filter(alias_of=None).order_by("path"):
        if lesson.key in lessons:
            used |= export_lesson(writer, lesson, laws, original=lessons[lesson.key], base=base)
    if page.bank_id:
        rows = Question.objects.filter(bank_id=page.bank_id, locale_id=translated.locale_id)
        used |= export_questions(writer, rows, base)
    writer.yaml(f"{base}course.yaml", _words(page, translated))
    return used


def _words(page: CoursePage, translated: CoursePage) -> CourseWords:
    """What has no translation keeps its words: the file names every module and competence."""
    modules = _titles(page)
    modules |= {key: title for key, title in _titles(translated).items() if key in modules}
    competences = page.competences.select_related("competence")
    names = {row.competence.code: row.competence.name for row in competences}
    rows = Competence.objects.filter(code__in=names, locale_id=translated.locale_id)
    return CourseWords(
        title=translated.title,
        short_title=translated.short_title,
        summary=translated.summary,
        audience=translated.audience,
        outcomes=translated.outcome_list,
        modules=modules,
        competences=names | dict(rows.values_list("code", "name")),
        assessment_title=translated.assessment_title if page.require_assessment else "",
    )


def _titles(page: CoursePage) -> dict[str, str]:
    rows = ModulePage.objects.child_of(page).live().order_by("path")
    return dict(rows.values_list("key", "title"))

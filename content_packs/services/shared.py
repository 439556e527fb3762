"""Installing what courses share: laws, competences and questions."""

from content_packs.manifest import CourseFile, QuestionEntry
from content_packs.markdown import unwrap
from content_packs.pack import Pack
from content_packs.services.report import Report, set_values
from courses.models import Competence, Law
from courses.quizzes.models import Question, QuestionBank, QuestionOption


def install_laws(pack: Pack, report: Report) -> dict[str, Law]:
    found = Law.objects.in_bulk([law.key for law in pack.laws], field_name="key")
    for entry in pack.laws:
        law = found.get(entry.key)
        is_new = law is None
        law = law or Law(key=entry.key)
        changed = set_values(
            law,
            {
                "name": entry.name,
                "short": entry.short,
                "id_norma": entry.id_norma,
                "link": entry.url,
                "version": entry.version,
                "published": entry.published,
                "note": entry.note,
            },
        )
        if is_new or changed:
            law.save()
            report.note("nuevo" if is_new else "cambia", f"norma {entry.short}")
        found[entry.key] = law
    return found


def install_competences(course: CourseFile, report: Report) -> dict[str, Competence]:
    found = Competence.objects.in_bulk([c.code for c in course.competences], field_name="code")
    for entry in course.competences:
        competence = found.get(entry.code)
        is_new = competence is None
        competence = competence or Competence(code=entry.code)
        if set_values(competence, {"name": entry.name}) or is_new:
            competence.save()
            report.note("nuevo" if is_new else "cambia", f"competencia {entry.code}")
        found[entry.code] = competence
    return found


def install_questions(
    pack: Pack, competences: dict[str, Competence], laws: dict[str, Law], report: Report
) -> QuestionBank:
    bank, _created = QuestionBank.objects.get_or_create(
        code=pack.manifest.code, defaults={"title": pack.manifest.title}
    )
    found = {
        q.key: q
        for q in bank.questions.select_related("competence", "source_law").prefetch_related("options")
    }
    for entry in pack.questions:
        _install_question(bank, entry, found.pop(entry.key, None), competences, laws, report)
    for gone in found.values():
        if not gone.is_retired:
            gone.is_retired = True
            gone.save(update_fields=["is_retired"])
            report.note("se retira", f"pregunta {gone.key}")
    return bank


def _install_question(
    bank: QuestionBank,
    entry: QuestionEntry,
    question: Question | None,
    competences: dict[str, Competence],
    laws: dict[str, Law],
    report: Report,
) -> None:
    is_new = question is None
    question = question or Question(bank=bank, key=entry.key)
    changed = set_values(
        question,
        {
            "competence_id": competences[entry.competence].pk,
            "difficulty": entry.difficulty,
            "kind": entry.kind,
            "stem": unwrap(entry.stem),
            "source_law_id": laws[entry.source.law].pk if entry.source.law else None,
            "source_article": entry.source.article,
            "source_note": entry.source.note,
            "review": entry.review,
            "is_retired": False,
        },
    )
    wanted = [(unwrap(o.text), o.correct, unwrap(o.feedback)) for o in entry.options]
    have = [] if is_new else [(o.text, o.correct, o.feedback) for o in question.options.all()]
    if not (is_new or changed or wanted != have):
        return
    question.save()
    if wanted != have:
        QuestionOption.objects.filter(question=question).delete()
        QuestionOption.objects.bulk_create(
            QuestionOption(question=question, sort_order=index, text=text, correct=correct, feedback=feedback)
            for index, (text, correct, feedback) in enumerate(wanted)
        )
    report.note("nuevo" if is_new else "cambia", f"pregunta {entry.key}")

"""Installing what courses share: laws, words, competences and questions."""

from content_packs.manifest import CourseFile, QuestionEntry
from content_packs.markdown import unwrap
from content_packs.pack import Pack
from content_packs.questions import to_body
from content_packs.services.report import Report, set_values
from courses.models import Competence, GlossaryTerm, Law
from courses.quizzes.models import Question, QuestionBank


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


def install_terms(pack: Pack, report: Report) -> bool:
    """Whether the glossary changed."""
    is_any = False
    found = GlossaryTerm.objects.in_bulk([entry.term for entry in pack.terms], field_name="term")
    for entry in pack.terms:
        term = found.get(entry.term)
        is_new = term is None
        term = term or GlossaryTerm(term=entry.term)
        changed = set_values(
            term,
            {
                "variants": "\n".join(entry.variants),
                "definition": entry.definition.strip(),
                "avoid_for": "\n".join(entry.avoid_for),
                "source": entry.source,
            },
        )
        if is_new or changed:
            term.save()
            report.note("nuevo" if is_new else "cambia", f"palabra {entry.term}")
            is_any = True
    return is_any


def install_competences(course: CourseFile, report: Report) -> dict[str, Competence]:
    codes = [entry.code for entry in course.competences]
    found = {one.code: one for one in Competence.objects.of_source().filter(code__in=codes)}
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
    found = {q.key: q for q in bank.questions.of_source().select_related("competence", "source_law")}
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
            "stem": unwrap(entry.stem),
            "source_law_id": laws[entry.source.law].pk if entry.source.law else None,
            "source_article": entry.source.article,
            "source_note": entry.source.note,
            "review": entry.review,
            "tags": ", ".join(entry.tags),
            "is_retired": False,
        },
    )
    body = to_body(entry)
    if not (is_new or changed) and (question.to_spec().kind, question.to_spec().body) == (entry.kind, body):
        return
    question.set_body(entry.kind, body)
    question.save()
    report.note("nuevo" if is_new else "cambia", f"pregunta {entry.key}")

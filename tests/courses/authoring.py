"""What the editor's forms send: a lesson, a course, a question."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

Data = dict[str, Any]


def items(*values: Data) -> Data:
    """A list block."""
    return streamfield([("item", value) for value in values])


def rich(words: str = "Palabras.") -> str:
    return rich_text(f"<p>{words}</p>")


def check_form(*, correct: tuple[int, ...] = (0,), key: str = "n1-p1", stem: str = "¿Qué haces?") -> Data:
    options = [
        {"text": f"Opción {i}", "feedback": f"Porque {i}"} | ({"correct": "on"} if i in correct else {})
        for i in range(3)
    ]
    return {"key": key, "stem": stem, "options": items(*options)}


def scene_form(key: str, *following: str, echoes: tuple[str, ...] = ()) -> Data:
    effect = {"who": "Tú", "tone": "good", "label": "Bien", "text": "Sigues."}
    choices = [
        {"key": chr(97 + i), "text": "Hago algo.", "recap": "Hiciste algo.", "outcome": "Algo pasa.",
         "effects": items(effect), "lesson": "", "next": after}
        for i, after in enumerate(following)
    ]  # fmt: skip
    return {"key": key, "heading": "Lunes", "text": rich(), "dialogue": items(), "question": "¿Qué haces?",
            "echoes": items(*({"after": after, "text": "Vuelve."} for after in echoes)),
            "choices": items(*choices)}  # fmt: skip


def dilemma_form(
    *scenes: Data, start: str = "uno", roles: tuple[tuple[str, str], ...] = (), later: tuple[str, ...] = ()
) -> Data:
    return {
        "roles": items(*({"key": k, "name": "Carolina", "text": "Su cargo.", "start": s} for k, s in roles)),
        "epilogue": items(*({"after": after, "text": "En abril preguntan."} for after in later)),
        "code": "la-caja", "title": "La caja", "summary": "Llega una caja.", "topic": "regalos",
        "activity_minutes": "6", "stakeholders": items({"name": "Rubén", "stake": "Su permiso."}),
        "reminder_law": "", "reminder_article": "", "reminder_text": "", "start": start,
        "scenes": items(*(scenes or (scene_form("uno", "dos", ""), scene_form("dos", "", "")))),
        "reflection": "¿Cuándo era más fácil?", "closing": rich(), "law": "", "law_article": "",
        "law_version": "", "law_summary": rich_text(""),
    }  # fmt: skip


def lesson_form(
    *blocks: tuple[str, Data], key: str = "n1", action: str = "action-publish", **changes: Any
) -> Data:
    values = {
        "title": f"Lección {key}", "slug": key, "summary": "Aprendes algo.", "key": key, "activity_minutes": "4",
        "outcomes": "Avisar a tiempo", "body": streamfield(list(blocks)), "comments": inline_formset([]),
        action: "1",
    }  # fmt: skip
    return nested_form_data(values | changes)


def module_form(key: str = "m9") -> Data:
    values = {"title": "Módulo nuevo", "slug": key, "key": key, "comments": inline_formset([])}
    return nested_form_data(values | {"action-publish": "1"})


def course_form(*, competence: int, bank: int | str, **changes: Any) -> Data:
    values = {
        "title": "Curso nuevo", "slug": "nuevo", "code": "nuevo", "short_title": "Nuevo", "summary": "Aprendes.",
        "topic": "integridad", "audience": "Todas", "outcomes": "Avisar", "bank": bank, "pass_percent": "70",
        "attempts": "3", "wait_hours": "24", "assessment_title": "Evaluación final", "minutes_per_question": "2",
        "require_all_lessons": "on", "require_assessment": "on", "require_dilemmas": "0",
        "certificate_months": "24", "assessment_code": "evaluacion-final", "commitments": "1, 6",
        "emblem": "integridad", "pedagogical_hour_minutes": "45", "release_label": "",
        "competences": inline_formset([{"competence": competence, "level": "2"}]),
        "draws": inline_formset([{"competence": competence, "count": "2", "difficulty": "0", "tag": ""}]),
        "pass_percent_each": "0", "assessment_minutes": "0",
        "comments": inline_formset([]), "action-publish": "1",
    }  # fmt: skip
    return nested_form_data(values | changes)


def question_form(
    *, bank: int, competence: int, kind: str = "single", correct: tuple[int, ...] = (0,)
) -> Data:
    options = [
        {"text": f"Opción {i}", "feedback": f"Porque {i}"} | ({"correct": "on"} if i in correct else {})
        for i in range(3)
    ]
    values = {
        "bank": bank, "competence": competence, "stem": "¿Qué haces?", "key": "nueva", "tags": "",
        "difficulty": "1", "source_law": "", "source_article": "", "source_note": "Prueba", "review": "l1",
        "answer": streamfield([(kind, {"options": items(*options), "shuffle": "on"})]),
    }  # fmt: skip
    return nested_form_data(values)


def add_page(client: Client, parent: Page, kind: str, data: Data) -> Any:
    """Send the form of a new page; the answer after redirects."""
    return client.post(
        reverse("wagtailadmin_pages:add", args=("courses", kind, parent.pk)), data, follow=True
    )


def edit_page(client: Client, page: Page, data: Data) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), data, follow=True)

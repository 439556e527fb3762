"""What each kind of e-mail says, and how easy it is to read."""

import uuid
from datetime import date
from typing import Any

import pytest

from courses.readability import measure
from lms.notices.letters import compose
from lms.notices.mail_settings import MailSettings
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.selectors.leads import UnitRow
from lms.notices.selectors.letters import AnsweredQuestion, Letter, Line
from lms.notices.words import recall, say_answers, sentence_of, subject_of
from lms.progress.rules.timeline import Standing
from lms.progress.selectors.standings import Tally

DAY = date(2026, 12, 10)
MAIL = MailSettings(
    site_url="https://aula.gob.example", sender="Aula <no@aula.example>", bounce_address="", reply_to={},
    per_minute=1, calendar=Calendar(), keys=("k",),
)  # fmt: skip
UNTIL = date(2027, 1, 9)


def line(kind: Kind, **more: Any) -> Line:
    values = {"title": "El curso", "is_late": False, "due_on": date(2026, 12, 17), "valid_until": None}
    return Line(kind=kind, minutes=45, **(values | more))  # type: ignore[arg-type]


LATE = line(Kind.LATE, is_late=True, due_on=date(2026, 12, 9))
EXPIRING = line(Kind.EXPIRING, due_on=None, valid_until=UNTIL)
CASES = {
    "assigned": (line(Kind.ASSIGNED), "Es nueva para ti. Tienes plazo hasta el 17 de diciembre de 2026."),
    "assigned-without-due-day": (
        line(Kind.ASSIGNED, due_on=None),
        "Tu institución te la pide. Puedes empezar cuando quieras.",
    ),
    "due": (line(Kind.DUE_7), "Te quedan 7 días: el último es el 17 de diciembre de 2026."),
    "due-tomorrow": (
        line(Kind.DUE_1, due_on=date(2026, 12, 11)),
        "Mañana, 11 de diciembre de 2026, es el último día.",
    ),
    "due-today": (line(Kind.DUE_1, due_on=DAY), "Hoy es el último día."),
    "late": (LATE, "El plazo terminó el 9 de diciembre de 2026. Todavía puedes hacerla."),
    "expiring": (
        EXPIRING,
        "Lo que hiciste vale hasta el 9 de enero de 2027. Hazla de nuevo antes de esa fecha.",
    ),
    "reminder-of-the-late": (
        line(Kind.MANUAL, is_late=True, due_on=date(2026, 12, 9)),
        "El plazo terminó el 9 de diciembre de 2026. Todavía puedes hacerla.",
    ),
    "reminder-of-a-renewal": (
        line(Kind.MANUAL, due_on=None, valid_until=UNTIL),
        "Lo que hiciste vale hasta el 9 de enero de 2027. Hazla de nuevo antes de esa fecha.",
    ),
}


def letter(
    *lines: Line,
    rows: tuple[UnitRow, ...] = (),
    note: str = "",
    answers: tuple[AnsweredQuestion, ...] = (),
) -> Letter:
    return Letter(
        mail_id=1, public_id=uuid.UUID(int=1), person_id=1, person_public_id=uuid.UUID(int=2),
        address="ana@servicio.example", given_name="Ana", institution_name="tu servicio",
        institution_code="A", day=DAY, lines=lines, rows=rows, note=note,
        answers=answers,
    )  # fmt: skip


DIGEST = UnitRow("Oficina", "El curso", Tally({Standing.DONE: 4, Standing.LATE: 2, Standing.EXPIRING: 1}))
ANSWERED = AnsweredQuestion(date(2026, 12, 1), uuid.UUID(int=3))
ALSO_ANSWERED = AnsweredQuestion(date(2026, 11, 9), uuid.UUID(int=4))
LETTERS = {
    **{name: letter(one) for name, (one, _text) in CASES.items()},
    "several": letter(line(Kind.DUE_7), LATE, EXPIRING),
    "digest": letter(rows=(DIGEST, DIGEST)),
    "note": letter(line(Kind.MANUAL), note="Quedan pocos días. Si tienes dudas, ven a vernos."),
    "answer": letter(answers=(ANSWERED,)),
    "answers": letter(answers=(ANSWERED, ALSO_ANSWERED)),
}


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_says_what_and_by_when(name: str) -> None:
    one, expected = CASES[name]
    assert sentence_of(line=one, day=DAY) == expected


@pytest.mark.parametrize("name", LETTERS)
def test_every_email_is_easy_to_read(name: str) -> None:
    message = compose(letter=LETTERS[name], mail=MAIL)
    lines = [one for one in str(message.body).splitlines() if "http" not in one]
    found = measure("\n".join(lines))
    assert found.score >= 65 and found.longest_sentence <= 20, (found, lines)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("assigned", "Nueva formación: El curso"),
        ("due", "Quedan 7 días: El curso"),
        ("due-tomorrow", "Queda 1 día: El curso"),
        ("due-today", "Hoy es el último día: El curso"),
        ("late", "Plazo vencido: El curso"),
        ("expiring", "Por vencer: El curso"),
        ("note", "Recordatorio: El curso"),
        ("several", "Tienes 3 formaciones pendientes"),
        ("answer", "Hay una respuesta a tu consulta"),
        ("answers", "Hay respuestas a 2 consultas tuyas"),
        ("digest", "Resumen de tu equipo al 10 de diciembre de 2026"),
    ],
)
def test_the_subject_says_what_it_is_about(name: str, subject: str) -> None:
    assert subject_of(LETTERS[name]) == subject


def test_a_digest_counts_what_is_met_late_and_ending() -> None:
    text = str(compose(letter=LETTERS["digest"], mail=MAIL).body)
    assert "Al día: 5 de 7. Con el plazo vencido: 2. Por vencer: 1." in text


def test_answers_are_told_by_the_day_of_the_question() -> None:
    assert say_answers(answers=[ANSWERED, ALSO_ANSWERED, ANSWERED]) == [
        "Hay una respuesta a la consulta que hiciste el 9 de noviembre de 2026.",
        "Hay respuestas a 2 consultas que hiciste el 1 de diciembre de 2026.",
    ]


@pytest.mark.parametrize(
    ("name", "path"),
    [("answer", f"/aula/mi-registro/consultas/{uuid.UUID(int=3)}/"), ("answers", "/aula/mi-registro/")],
)
def test_an_answer_is_read_behind_its_link_and_several_in_the_record(name: str, path: str) -> None:
    lines = str(compose(letter=LETTERS[name], mail=MAIL).body).splitlines()
    assert f"https://aula.gob.example{path}" in lines


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_can_be_recalled(kind: Kind) -> None:
    assert recall(kind=kind, key=DAY).endswith(".")

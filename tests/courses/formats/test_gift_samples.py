"""Three files in GIFT: one that Moodle 4 exported, one written by hand, one from Windows."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.gift import read_gift, write_gift
from courses.quizzes.rules import Option, QuestionSpec
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.moodle_made import SAMPLES, sample

FILES = {
    "probidad-moodle4.txt": (
        ["single", "multiple", "true_false", "ordering"],
        {"Bienvenida": Refusal.CANNOT_BE_ASKED},
    ),
    "transparencia-a-mano.txt": (
        ["numeric", "numeric", "true_false", "single", "short_text", "matching", "single", "open"],
        {},
    ),
    "lobby-windows.txt": (
        ["multiple", "judgement", "true_false"],
        {"Rota": Refusal.BROKEN, "Imagen": Refusal.NEEDS_A_PICTURE},
    ),
}


def found(name: str) -> dict:
    return {question.where: question for question in sample(f"gift/{name}").questions}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_its_kinds_in_order(name: str) -> None:
    kinds, refused = FILES[name]
    read = sample(f"gift/{name}")
    assert [question.kind for question in read.questions] == kinds
    assert {question.where: question.refusal for question in read.refused} == refused


def test_what_moodle_exported_keeps_key_tags_and_feedback() -> None:
    question = found("probidad-moodle4.txt")["Interés general"]
    assert (question.key, question.tags) == ("prob-interes", ("probidad", "ley 18.575"))
    assert question.body.options[0] == Option(
        "El interés general.", True, "Sí. La ley le da preeminencia sobre el particular."
    )
    assert question.adapted == (Adapted.FORMATTING_LEFT_OUT,)


def test_what_moodle_exported_says_when_general_feedback_is_lost() -> None:
    question = found("probidad-moodle4.txt")["Conductas del artículo 62"]
    assert question.adapted == (Adapted.GENERAL_FEEDBACK_LEFT_OUT,)


def test_items_of_an_order_keep_their_signs() -> None:
    body = found("probidad-moodle4.txt")["Pasos ante un regalo"].body
    assert body == Ordering(
        ("Reconocer el conflicto: ¿a quién sirve?", "Avisar a la jefatura", "Dejar constancia escrita")
    )


def test_what_was_written_by_hand_is_read() -> None:
    questions = found("transparencia-a-mano.txt")
    assert questions["Plazo"].body == Numeric(Decimal(20), feedback_wrong="Revisa el artículo 14.")
    assert questions["Con prórroga"].body == Numeric(Decimal(25), Decimal(5))
    assert questions["4"].stem.endswith("se actualice al menos _____ en cada organismo.")
    assert questions["Nota"].stem == "Un ejemplo de expresión es 2 + 2 = 4, con llaves { }."
    assert questions["Otro nombre: lobby pagado"].body == ShortText(
        (Variant("lobby"), Variant("cabildeo", 50, "Es el mismo concepto, con otra palabra.")),
        feedback_wrong="La Ley 20.730 usa una palabra inglesa.",
    )


def test_a_category_that_is_a_code_of_ours_is_the_competence() -> None:
    assert {question.competence for question in found("transparencia-a-mano.txt").values()} == {"TRA-1"}


def test_a_file_from_windows_is_read() -> None:
    questions = found("lobby-windows.txt")
    assert questions["Publicación"].body == TrueFalse(True, (), "La ley lo dice en su artículo 9 #lobby", "")
    assert questions["Dilema del almuerzo"].body == Judgement((
        Way("Agradezco y no voy.", 100, "No queda duda de tu imparcialidad."),
        Way("Consulto antes por escrito a mi jefatura.", 50, "Ayuda, pero la espera se nota."),
        Way("Voy y pago lo mío.", 0, "La reunión queda fuera de registro."),
    ))  # fmt: skip


def test_samples_end_their_lines_as_they_say() -> None:
    data = (SAMPLES / "gift" / "lobby-windows.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n")


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_read_can_be_written_and_read_again(name: str) -> None:
    read = sample(f"gift/{name}").questions
    specs = [
        QuestionSpec(f"p-{place}", "INT-1", 1, question.kind, question.stem, question.body)
        for place, question in enumerate(read)
    ]
    written = write_gift(specs)
    assert written.left_out == ()
    again = read_gift(written.content).questions
    assert [(one.stem, one.body) for one in again] == [(one.stem, one.body) for one in read]

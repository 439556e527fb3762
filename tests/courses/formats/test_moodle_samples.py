"""Three files of XML in the shape in which Moodle 4 exports."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle import read_moodle_xml, write_moodle_xml
from courses.quizzes.rules import Option, QuestionSpec
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.moodle_made import sample

FILES = {
    "probidad.xml": (
        ["single", "multiple", "judgement", "true_false", "short_text"],
        {"Instrucciones": Refusal.CANNOT_BE_ASKED},
    ),
    "transparencia.xml": (
        ["numeric", "numeric", "matching", "ordering", "open", "single"],
        {"Solo imagen": Refusal.NEEDS_A_PICTURE},
    ),
    "participacion.xml": (
        ["cloze", "cloze", "cloze"],
        {
            "Promedio": Refusal.CALCULATED,
            "Mapa": Refusal.NEEDS_A_PICTURE,
            "Al azar (PAR-1)": Refusal.CANNOT_BE_ASKED,
            "Derivada": Refusal.UNKNOWN_KIND,
        },
    ),
}


def found(name: str) -> dict:
    return {question.where: question for question in sample(f"moodle/{name}").questions}


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_its_kinds_in_order(name: str) -> None:
    kinds, refused = FILES[name]
    read = sample(f"moodle/{name}")
    assert [question.kind for question in read.questions] == kinds
    assert {question.where: question.refusal for question in read.refused} == refused


def test_a_question_keeps_its_labels() -> None:
    question = found("probidad.xml")["Interés general"]
    assert (question.key, question.competence) == ("prob-interes", "INT-1")
    assert question.tags == ("ley 18.575", "probidad")
    assert question.adapted == (Adapted.FORMATTING_LEFT_OUT,)


def test_a_list_in_a_question_is_lines() -> None:
    question = found("probidad.xml")["Conductas"]
    assert question.stem.endswith("\n\n- Elige todas.\n- Las equivocadas descuentan.")
    assert question.adapted == (Adapted.FORMATTING_LEFT_OUT, Adapted.GENERAL_FEEDBACK_LEFT_OUT)


def test_a_choice_with_partial_credit_is_a_dilemma() -> None:
    question = found("probidad.xml")["Dilema del regalo"]
    assert question.body == Judgement((
        Way("Lo devuelvo y dejo constancia.", 100, "Queda claro y registrado."),
        Way("Lo devuelvo sin decir nada.", 50, "Falta la constancia."),
        Way("Lo guardo si es barato.", 0, "El precio no decide por sí solo."),
    ))  # fmt: skip
    assert question.adapted == (Adapted.SHUFFLE_REPLACED, Adapted.PENALTY_LEFT_OUT)


def test_simple_answers_keep_their_feedback() -> None:
    questions = found("probidad.xml")
    assert questions["Abstención"].body == TrueFalse(True, (), "Es un deber.", "Revisa el artículo 62.")
    assert questions["Una palabra"].body == ShortText(
        (Variant("leal"), Variant("fiel", 50, "Casi: la ley dice otra palabra.")),
        feedback_wrong="Vuelve al artículo 52.",
    )


def test_units_are_scaled() -> None:
    question = found("transparencia.xml")["Plazo"]
    assert question.body == Numeric(
        Decimal(20),
        units=(MeasureUnit("días hábiles"), MeasureUnit("semanas de cinco días", Decimal(5))),
        feedback_wrong="Revisa el artículo 14 de la Ley 20.285.",
    )
    assert question.stem.endswith("\n\nElige la unidad.") and question.adapted == ()


def test_a_pair_without_a_left_side_is_a_distractor() -> None:
    pairs = (
        Pair("Ley 20.285", "Acceso a la información"),
        Pair("Ley 20.730", "Lobby"),
        Pair("Ley 21.592", "Protección de denunciantes"),
    )
    assert found("transparencia.xml")["Normas"].body == Matching(pairs, ("Compras públicas",))


def test_a_picture_leaves_its_words() -> None:
    question = found("transparencia.xml")["Oficina"]
    assert question.stem == "¿Quién recibe la solicitud en este plano? [Plano de la oficina de partes]"
    assert question.adapted == (Adapted.PICTURE_LEFT_OUT,)


def test_gaps_keep_their_weights_and_kinds() -> None:
    question = found("participacion.xml")["Consejos"]
    assert [(str(part.kind), part.weight) for part in question.body.parts] == [
        ("single", 1),
        ("short_text", 2),
        ("numeric", 1),
    ]
    assert question.stem == "Completa con lo que dice la Ley 18.575."
    assert question.body.text.startswith("Los consejos de la sociedad civil son {{1}}.")


def test_gaps_share_the_words_of_their_group() -> None:
    [first, second, third] = found("participacion.xml")["Registros"].body.parts
    assert first.body.options == (
        Option("audiencias", True),
        Option("viajes", False),
        Option("vacaciones", False),
    )
    assert [option.text for option in second.body.options if option.correct] == ["viajes"]
    assert [option.text for option in third.body.options] == ["mes", "año"]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_read_can_be_written_and_read_again(name: str) -> None:
    read = sample(f"moodle/{name}").questions
    specs = [
        QuestionSpec(f"p-{place}", "INT-1", 1, question.kind, question.stem, question.body)
        for place, question in enumerate(read)
    ]
    again = read_moodle_xml(write_moodle_xml(specs).content).questions
    assert [(one.stem, one.body) for one in again] == [(one.stem, one.body) for one in read]

"""Three packages in the shape in which systems write them, one for each version."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import Adapted, ReadFile, Refusal
from courses.quizzes.formats.qti import read_qti
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.ordering import Ordering
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.qti_made import sample


def found(name: str) -> dict:
    return {question.key: question for question in read_qti(sample(name)).questions}


def test_questions_of_2_1_come_in_the_order_of_the_manifest() -> None:
    kinds = [(question.key, str(question.kind)) for question in read_qti(sample("qti21")).questions]
    assert kinds == [
        ("acceso-plazo", "numeric"),
        ("acceso-reclamo", "single"),
        ("lobby-registros", "multiple"),
        ("acceso-orden", "ordering"),
        ("leyes", "matching"),
        ("probidad-palabra", "short_text"),
        ("caso-regalo", "open"),
    ]


def test_hotspot_of_2_1_is_refused_for_its_picture() -> None:
    [refused] = read_qti(sample("qti21")).refused
    assert (refused.where, refused.refusal) == ("Señala la oficina", Refusal.NEEDS_A_PICTURE)


def test_choice_of_2_1_keeps_pins_and_the_feedback_that_a_rule_names() -> None:
    question = found("qti21")["acceso-reclamo"]
    assert question.body == Choice((
        Option("15 días", True),
        Option("3 días", False, "Tres días es el plazo de los terceros para oponerse."),
        Option("90 días", False),
        Option("No se puede reclamar", False, is_pinned=True),
    ))  # fmt: skip


def test_choice_of_2_1_says_what_it_lost() -> None:
    question = found("qti21")["acceso-reclamo"]
    assert set(question.adapted) == {
        Adapted.FORMATTING_LEFT_OUT,
        Adapted.PICTURE_LEFT_OUT,
        Adapted.GENERAL_FEEDBACK_LEFT_OUT,
    }
    assert "reclamar ante el Consejo para la Transparencia?" in question.stem


def test_number_of_2_1_has_a_stem_without_its_gap() -> None:
    question = found("qti21")["acceso-plazo"]
    assert question.stem.endswith("sin prórroga?")
    assert question.body == Numeric(Decimal(20))


def test_word_of_2_1_keeps_its_place_and_its_points() -> None:
    question = found("qti21")["probidad-palabra"]
    assert "principio de _____ en todas sus actuaciones." in question.stem
    assert question.body == ShortText(
        (Variant("probidad"), Variant("la probidad"), Variant("honestidad", 50))
    )


def test_lists_of_2_1_are_put_in_their_right_order() -> None:
    questions = found("qti21")
    assert questions["acceso-orden"].body == Ordering((
        "La persona presenta la solicitud",
        "La persona corrige lo que falta",
        "El órgano responde",
        "La persona reclama ante el Consejo",
    ))  # fmt: skip
    pairs = (
        Pair("Ley 20.285", "Transparencia"),
        Pair("Ley 20.730", "Lobby"),
        Pair("Ley 20.880", "Conflictos de interés"),
    )
    assert questions["leyes"].body == Matching(pairs, ("Participación ciudadana",))


def test_open_answer_of_2_1_gets_a_rubric_and_keeps_its_guide() -> None:
    question = found("qti21")["caso-regalo"]
    assert question.adapted == (Adapted.RUBRIC_ADDED,)
    assert (question.body.guide, question.body.words) == ("Debe nombrar el registro de donativos.", 150)
    assert "donativos" not in question.stem


def test_partial_points_of_2_2_are_a_judgement() -> None:
    question = found("qti22")["i-conflicto"]
    assert question.body == Judgement((
        Way("Lo comunico y me abstengo", 100, ""),
        Way("Pido consejo antes de seguir", 50, ""),
        Way("Sigo y no digo nada", 0, "Hay un conflicto de interés que no se declaró."),
    ))  # fmt: skip
    assert question.adapted == (Adapted.PENALTY_LEFT_OUT,)


def test_gaps_of_2_2_are_a_cloze() -> None:
    question = found("qti22")["i-prorroga"]
    assert question.stem == "Completa según la Ley 20.285."
    assert question.body.text == "El plazo se cuenta en días {{1}} y se prorroga por otros {{2}}."
    assert [part.kind for part in question.body.parts] == [QuestionKind.SINGLE, QuestionKind.NUMERIC]


def test_words_to_drag_of_2_2_are_choices_in_each_gap() -> None:
    question = found("qti22")["i-huecos"]
    right = [option.text for part in question.body.parts for option in part.body.options if option.correct]
    assert right == ["lobby", "gestión de interés particular"]
    assert all(len(part.body.options) == 3 for part in question.body.parts)


def test_case_of_2_2_has_a_part_for_each_interaction() -> None:
    question = found("qti22")["i-caso"]
    assert question.stem == "Una funcionaria denuncia a su jefatura."
    stems = [part.stem for part in question.body.parts]
    assert stems == ["¿Puede calificarla la jefatura denunciada?", "¿Qué resguardos tiene?"]


def test_slider_pairs_and_marked_words_of_2_2_are_read() -> None:
    questions = found("qti22")
    assert questions["i-compromisos"].body.value == 12
    assert questions["i-parejas"].kind is QuestionKind.MATCHING
    assert [option.correct for option in questions["i-terminos"].body.options] == [True, True, False]
    assert "nunca un beneficio propio" in questions["i-terminos"].stem


def test_programs_and_uploads_of_2_2_are_refused() -> None:
    refused = [(one.where, one.refusal) for one in read_qti(sample("qti22")).refused]
    assert refused == [("Un simulador", Refusal.NEEDS_A_SCRIPT), ("Sube tu plan", Refusal.UNKNOWN_KIND)]


def test_choice_of_3_0_keeps_feedback_inside_its_option() -> None:
    question = found("qti30")["abrir-datos"]
    assert question.body.options[0] == Option("La prórroga", False, "Eso es de las solicitudes de acceso.")
    assert question.body.options[-1].is_pinned


def test_true_and_false_of_3_0_are_our_kind() -> None:
    assert found("qti30")["publica-verdad"].body == TrueFalse(True)


def test_number_of_3_0_keeps_tolerance_and_what_is_said_of_wrong_ones() -> None:
    assert found("qti30")["irm-relevantes"].body == Numeric(
        Decimal(75), Decimal("0.5"), (), "Divide 9 por 12."
    )


def test_text_that_items_of_3_0_share_begins_the_stem() -> None:
    stem = found("qti30")["ley-lectura"].stem
    assert stem.startswith("Artículo 52 de la Ley 18.575")
    assert stem.endswith("¿Qué dice el texto?")


def test_rubric_of_3_0_is_told_from_instructions() -> None:
    question = found("qti30")["participar-ensayo"]
    assert question.stem.startswith("Escribe con tus palabras.")
    assert question.body.guide == "Nombra la cuenta pública y las consultas."


@pytest.mark.parametrize(
    ("name", "questions", "refused"), [("qti21", 7, 1), ("qti22", 7, 2), ("qti30", 6, 2)]
)
def test_nothing_of_a_package_is_lost_unsaid(name: str, questions: int, refused: int) -> None:
    file: ReadFile = read_qti(sample(name))
    assert (len(file.questions), len(file.refused)) == (questions, refused)

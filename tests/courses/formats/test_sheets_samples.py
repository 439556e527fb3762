"""Three sheets as LibreOffice saved them: a workbook, our own sheet filled in, a CSV for Windows."""

from decimal import Decimal

import pytest

from courses.quizzes.formats.base import ReadFile
from courses.quizzes.formats.sheets import read_sheet
from courses.quizzes.rules import QuestionKind
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.matching import Matching, Pair
from courses.quizzes.rules.kinds.numeric import MeasureUnit, Numeric
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from tests.courses.formats.moodle_made import SAMPLES

Kind = QuestionKind
FILES = {
    "probidad-libreoffice.xlsx": [Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE, Kind.ORDERING],
    "lobby-planilla-guardada.xlsx": [Kind.SINGLE, Kind.JUDGEMENT, Kind.TRUE_FALSE],
    "plazos-windows.csv": [Kind.NUMERIC, Kind.SHORT_TEXT, Kind.MATCHING],
}


def sample(name: str) -> ReadFile:
    return read_sheet((SAMPLES / "sheets" / name).read_bytes())


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_its_kinds_in_order_and_nothing_is_refused(name: str) -> None:
    read = sample(name)
    assert [question.kind for question in read.questions] == FILES[name]
    assert list(read.refused) == []


def test_titles_below_a_heading_are_found_in_a_workbook() -> None:
    first, second, *_rest = sample("probidad-libreoffice.xlsx").questions
    assert (first.where, first.competence, first.tags) == ("4", "INT-1", ("probidad",))
    assert [option.correct for option in second.body.options] == [True, True, False]


def test_our_own_sheet_comes_back_from_another_program_as_it_was() -> None:
    audience, lunch, _trip = sample("lobby-planilla-guardada.xlsx").questions
    assert (audience.key, audience.competence) == ("lobby-audiencia", "TRA-1")
    assert lunch.body == Judgement((
        Way("Agradezco y no voy", 100, "No queda duda de tu imparcialidad."),
        Way("Consulto antes por escrito", 50, "Ayuda, pero la espera se nota."),
        Way("Voy y pago lo mío", 0, "La conversación queda fuera de registro."),
    ))  # fmt: skip


def test_a_csv_in_the_letters_of_windows_keeps_its_accents_and_numbers() -> None:
    assert b"\xfa" in (SAMPLES / "sheets" / "plazos-windows.csv").read_bytes()  # «ú» in Windows-1252
    deadline, word, laws = sample("plazos-windows.csv").questions
    assert deadline.body == Numeric(
        Decimal(20), Decimal(0), (MeasureUnit("días hábiles"),), "Revisa el artículo 14 de la Ley 20.285."
    )
    assert word.body == ShortText(
        (Variant("lobby"), Variant("cabildeo", 50)), feedback_wrong="Está en el nombre de la ley."
    )
    assert laws.body == Matching((
        Pair("Ley 20.285", "Acceso a la información"),
        Pair("Ley 20.730", "Lobby"),
        Pair("Ley 20.880", "Declaración de intereses"),
    ))  # fmt: skip

import pytest

from courses.readability import (
    Readability,
    count_syllables,
    measure,
    reading_minutes,
    split_sentences,
    split_words,
)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("área", 3), ("idea", 3), ("una", 2), ("real", 2), ("evaluación", 4), ("país", 2), ("día", 2),
        ("ley", 1), ("muy", 1), ("buey", 1), ("rey", 1), ("reyes", 2), ("yo", 1), ("y", 1), ("ya", 1),
        ("que", 1), ("quien", 1), ("guerra", 2), ("guitarra", 3), ("agua", 2), ("pingüino", 3),
        ("averigüe", 4), ("aéreo", 4), ("leer", 2), ("cooperar", 4), ("poeta", 3), ("caos", 2), ("ahora", 3),
        ("prohibir", 2), ("búho", 2), ("vehículo", 4), ("cohibido", 3), ("ciudad", 2), ("viuda", 2),
        ("construir", 2), ("ruido", 2), ("jesuita", 3), ("río", 2), ("oír", 2), ("oído", 3), ("baúl", 2),
        ("transparencia", 4), ("denuncia", 3), ("institución", 4), ("municipio", 4), ("peor", 2),
        ("héroe", 3), ("línea", 3), ("aguantáis", 3), ("limpiáis", 2), ("Chile", 2), ("señor", 2), ("tú", 1),
    ],
)  # fmt: skip
def test_syllables_follow_the_spelling(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_a_word_typed_with_loose_accents_counts_the_same() -> None:
    assert count_syllables("evaluacio\u0301n") == 4


def test_a_word_without_vowels_has_one_syllable() -> None:
    assert count_syllables("Sr") == 1


def test_a_word_without_letters_has_no_syllable() -> None:
    assert count_syllables("2026") == 0


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Lo lees. Lo usas.", 2),
        ("¿Puedo? No. Nunca...", 3),
        ("Art. 62 de la ley.", 1),
        ("El Sr. Soto firma.", 1),
        ("Son 1.500 personas.", 1),
        ("La Ley N° 18.575 manda.", 1),
        ("- Avisa\n- Pregunta", 2),
        ("Dos cosas: avisar; preguntar.", 1),
        ("«No.» Lo dice así.", 2),
        ("", 0),
        ("...", 0),
    ],
)
def test_sentences_end_at_stops_and_lines(text: str, sentences: int) -> None:
    assert len(split_sentences(text)) == sentences


def test_a_compound_is_one_word_and_a_figure_too() -> None:
    assert split_words("costo-beneficio en 2026") == ["costo-beneficio", "en", "2026"]


def test_the_score_is_szigriszt_pazos() -> None:
    # 4 words, 6 syllables, 2 sentences
    assert measure("Tú lees. Tú avisas.").score == round(206.835 - 62.3 * 7 / 4 - 2, 2)


def test_an_empty_text_has_no_words_and_does_not_fail() -> None:
    assert measure("").words == 0


def test_the_longest_sentence_is_told() -> None:
    assert measure("Uno dos. Uno dos tres cuatro.").longest_sentence == 4


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (39.99, "muy difícil"), (40, "algo difícil"), (54.99, "algo difícil"), (55, "normal"),
        (64.99, "normal"), (65, "bastante fácil"), (79.99, "bastante fácil"), (80, "muy fácil"),
    ],
)  # fmt: skip
def test_bands_are_those_of_inflesz(score: float, level: str) -> None:
    assert Readability(1, 1, 1, score, 1).level == level


def test_reading_takes_a_minute_for_180_words() -> None:
    assert reading_minutes(360) == 2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import (
    ALPHABET,
    BlankNameError,
    CertificateStatus,
    Standing,
    check_symbol,
    clean_name,
    facts_from_json,
    facts_to_json,
    format_code,
    is_well_formed,
    names_match,
    new_code,
    normalise_code,
    status_of,
)
from tests.certificates.samples import AFTER, DURING, FACTS, VALID_UNTIL

bodies = st.text(alphabet=ALPHABET, min_size=15, max_size=15)
symbols = st.sampled_from(ALPHABET)


def with_check(body: str) -> str:
    return body + check_symbol(body)


@given(body=bodies, place=st.integers(0, 15), other=symbols)
def test_check_symbol_detects_every_single_wrong_symbol(body: str, place: int, other: str) -> None:
    code = with_check(body)
    typed = code[:place] + other + code[place + 1 :]
    assert is_well_formed(typed) is (typed == code)


@given(body=bodies, place=st.integers(0, 14))
def test_check_symbol_detects_swapped_neighbours_except_zero_and_z(body: str, place: int) -> None:
    code = with_check(body)
    first, second = code[place : place + 2]
    swapped = code[:place] + second + first + code[place + 2 :]
    is_blind_spot = first == second or {first, second} == {"0", "Z"}
    assert is_well_formed(swapped) is is_blind_spot


@given(body=bodies, lower=st.booleans(), separator=st.sampled_from(["", "-", " ", " – ", "\u2011", ". "]))
def test_code_is_read_in_any_spelling(body: str, lower: bool, separator: str) -> None:
    code = with_check(body)
    typed = separator.join(code[start : start + 4] for start in range(0, 16, 4))
    assert normalise_code(typed.lower() if lower else typed) == code


@given(body=bodies)
def test_letters_that_look_like_digits_are_read_as_digits(body: str) -> None:
    code = with_check(body)
    assert normalise_code(code.replace("0", "o").replace("1", "l")) == code
    assert normalise_code(code.replace("0", "O").replace("1", "I")) == code


@given(text=st.text())
def test_any_text_is_either_a_code_or_not(text: str) -> None:
    assert is_well_formed(normalise_code(text)) in {True, False}


def test_new_codes_are_well_formed_and_differ() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(is_well_formed(code) for code in codes)


def test_new_code_draws_fifteen_symbols_and_adds_one() -> None:
    assert new_code(choose=lambda alphabet: alphabet[1]) == with_check("1" * 15)


def test_code_is_written_in_four_groups() -> None:
    assert format_code("7K2M90QX3F4T8WZP") == "7K2M-90QX-3F4T-8WZP"


def test_whole_address_is_read_as_its_code() -> None:
    address = "https://aula.example/verificar/7K2M-90QX-3F4T-8WZP/?x=1"
    assert normalise_code(address) == "7K2M90QX3F4T8WZP"


@pytest.mark.parametrize(
    "typed", ["", "7K2M", "7K2M-90QX-3F4T-8WZU", "Ñ" * 16, "7K2M90QX3F4T8WZP0", "\x00" * 16]
)
def test_what_cannot_be_a_code_is_not_well_formed(typed: str) -> None:
    assert not is_well_formed(normalise_code(typed))


@pytest.mark.parametrize(
    ("standing", "on", "expected"),
    [
        (Standing(valid_until=VALID_UNTIL), DURING, CertificateStatus.VALID),
        (Standing(valid_until=VALID_UNTIL), VALID_UNTIL, CertificateStatus.VALID),
        (Standing(valid_until=VALID_UNTIL), AFTER, CertificateStatus.EXPIRED),
        (Standing(valid_until=None), AFTER, CertificateStatus.VALID),
        (Standing(valid_until=VALID_UNTIL, is_revoked=True), AFTER, CertificateStatus.REVOKED),
        (
            Standing(valid_until=None, is_revoked=True, is_superseded=True),
            DURING,
            CertificateStatus.SUPERSEDED,
        ),
        (Standing(valid_until=None, is_revoked=True, is_erased=True), DURING, CertificateStatus.ERASED),
    ],
)
def test_status_follows_from_dates_and_marks(standing: Standing, on: object, expected: str) -> None:
    assert status_of(standing, on=on) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("begona nunez riquelme", "Begoña Ñúñez Riquelme"),
        ("  BEGOÑA   ÑÚÑEZ  RIQUELME ", "Begoña Ñúñez Riquelme"),
        ("Begon\u0303a N\u0303u\u0301n\u0303ez Riquelme", "Begoña Ñúñez Riquelme"),
        ("Maria OHiggins Paz Soldan", "María O'Higgins Paz-Soldán"),
    ],
)
def test_names_match_without_accents_case_or_spaces(typed: str, printed: str) -> None:
    assert names_match(typed, printed)


@pytest.mark.parametrize(
    "typed", ["", "Begoña", "Begoña Ñúñez", "Begoña Núñez Riquelma", "Riquelme Begoña Ñúñez"]
)
def test_other_names_do_not_match(typed: str) -> None:
    assert not names_match(typed, "Begoña Ñúñez Riquelme")


def test_blank_names_never_match() -> None:
    assert not names_match("", "")


def test_name_is_composed_and_cleaned() -> None:
    assert clean_name("  Begon\u0303a\t \u200bN\u0303ún\u0303ez\x07\n") == "Begoña Ñúñez"


@pytest.mark.parametrize("text", ["", "   ", "\u200b\x00"])
def test_name_without_letters_is_refused(text: str) -> None:
    with pytest.raises(BlankNameError):
        clean_name(text)


def test_facts_survive_storing() -> None:
    assert facts_from_json(facts_to_json(FACTS)) == FACTS

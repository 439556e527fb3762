"""Sealed secrets open with the right key and for the right purpose only."""

import pytest

from lms.lib.sealing import UnsealError, seal, unseal


def test_what_was_sealed_opens_again() -> None:
    sealed = seal("contraseña ñ 😀", purpose="a", key="clave")
    assert unseal(sealed, purpose="a", keys=["clave"]) == "contraseña ñ 😀"


def test_the_text_is_not_in_what_is_kept() -> None:
    assert "contraseña" not in seal("contraseña", purpose="a", key="clave")


def test_the_same_text_looks_different_each_time() -> None:
    assert seal("x", purpose="a", key="clave") != seal("x", purpose="a", key="clave")


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(UnsealError):
        unseal(seal("x", purpose="a", key="clave"), purpose="a", keys=["otra"])


def test_another_purpose_does_not_open_it() -> None:
    with pytest.raises(UnsealError):
        unseal(seal("x", purpose="a", key="clave"), purpose="b", keys=["clave"])


def test_an_older_key_still_opens_it_after_the_newer() -> None:
    assert unseal(seal("x", purpose="a", key="vieja"), purpose="a", keys=["nueva", "vieja"]) == "x"


def test_without_keys_nothing_opens() -> None:
    with pytest.raises(UnsealError):
        unseal(seal("x", purpose="a", key="clave"), purpose="a", keys=[])


@pytest.mark.parametrize("place", [0, 12, 40, -1])
def test_a_changed_character_is_noticed(place: int) -> None:
    sealed = list(seal("un secreto algo más largo", purpose="a", key="clave"))
    sealed[place] = "B" if sealed[place] == "A" else "A"
    with pytest.raises(UnsealError):
        unseal("".join(sealed), purpose="a", keys=["clave"])


@pytest.mark.parametrize("sealed", ["", "no es un sello", "ñ"])
def test_what_was_never_sealed_does_not_open(sealed: str) -> None:
    with pytest.raises(UnsealError):
        unseal(sealed, purpose="a", keys=["clave"])

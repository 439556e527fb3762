"""Addresses, server replies, retries and the words HR adds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.words import clean_text
from lms.notices.rules.addresses import Problem, ProblemKind, find_suppression, hash_address, mask_address
from lms.notices.rules.kinds import Reason
from lms.notices.rules.notes import LONGEST, NoteProblem, find_note_problem
from lms.notices.rules.replies import Outcome, classify_failure, find_status, read_reply
from lms.notices.rules.retries import DELAYS, delay_after

START = datetime(2026, 11, 1, tzinfo=UTC)
SITE = "https://aula.gob.example"


def events(*kinds_and_days: tuple[str, int]) -> list[Problem]:
    return [Problem(kind, START + timedelta(days=day)) for kind, day in kinds_and_days]


@pytest.mark.parametrize(
    ("problems", "expected"),
    [
        ([], Reason.NONE),
        ([("soft", 0)], Reason.NONE),
        ([("soft", 0), ("soft", 3)], Reason.NONE),
        ([("soft", 0), ("soft", 3), ("soft", 14)], Reason.BOUNCED),
        ([("soft", 0), ("soft", 3), ("soft", 15)], Reason.NONE),
        ([("soft", 0), ("soft", 13), ("soft", 15), ("soft", 16)], Reason.BOUNCED),
        ([("soft", 16), ("soft", 0), ("soft", 13), ("soft", 15)], Reason.BOUNCED),
        ([("hard", 0)], Reason.BOUNCED),
        ([("complaint", 0)], Reason.COMPLAINED),
        ([("hard", 0), ("complaint", 5)], Reason.COMPLAINED),
    ],
)
def test_when_an_address_is_written_to_no_more(problems: list[tuple[str, int]], expected: Reason) -> None:
    assert find_suppression(problems=events(*problems)) == expected


def test_the_hash_of_an_address_ignores_case_and_says_nothing() -> None:
    one = hash_address(address="Ana@Servicio.example ", key="k")
    assert one == hash_address(address="ana@servicio.example", key="k")
    assert one != hash_address(address="ana@servicio.example", key="other")
    assert "ana" not in one


@pytest.mark.parametrize(
    ("address", "masked"),
    [("ana.rojas@servicio.example", "a•••@servicio.example"), ("", ""), ("@x", ""), ("sin-arroba", "")],
)
def test_an_address_is_shown_masked(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        ("5.1.1", 550, ProblemKind.HARD),
        ("5.1.10", 556, ProblemKind.HARD),
        ("5.2.1", 550, ProblemKind.HARD),
        ("5.4.4", 550, ProblemKind.HARD),
        ("5.0.0", 0, ProblemKind.HARD),
        ("5.2.2", 552, ProblemKind.SOFT),
        ("5.7.1", 550, ProblemKind.SOFT),
        ("5.1.8", 550, ProblemKind.SOFT),
        ("4.2.2", 452, ProblemKind.SOFT),
        ("5.3.4", 552, ProblemKind.SOFT),
        ("", 550, ProblemKind.HARD),
        ("", 552, ProblemKind.SOFT),
        ("", 554, ProblemKind.SOFT),
        ("", 0, ProblemKind.SOFT),
    ],
)
def test_only_an_address_that_does_not_exist_is_a_hard_failure(
    status: str, code: int, kind: ProblemKind
) -> None:
    assert classify_failure(status=status, code=code) == kind


@pytest.mark.parametrize(
    ("code", "outcome", "ends"),
    [
        (250, Outcome.ACCEPTED, False),
        (450, Outcome.LATER, False),
        (421, Outcome.LATER, True),
        (550, Outcome.REFUSED, False),
    ],
)
def test_reading_a_reply(code: int, outcome: Outcome, ends: bool) -> None:
    reply = read_reply(code=code, text="5.1.1 no", is_about_address=True)
    assert (reply.outcome, reply.ends_the_talk) == (outcome, ends)


def test_a_refused_text_says_nothing_about_the_address() -> None:
    assert read_reply(code=554, text="5.7.1 spam", is_about_address=False).problem is None
    assert read_reply(code=550, text="5.1.1 unknown", is_about_address=True).problem == ProblemKind.HARD


@given(st.text(max_size=300))
def test_finding_a_status_takes_any_text(text: str) -> None:
    assert isinstance(find_status(text), str)


def test_waiting_grows_and_ends() -> None:
    waits = [delay_after(attempts=n) for n in range(1, len(DELAYS) + 2)]
    assert waits[:-1] == sorted(waits[:-1])  # type: ignore[type-var]
    assert waits[-1] is None


@pytest.mark.parametrize(
    ("note", "problem"),
    [
        ("", NoteProblem.NONE),
        ("Faltan pocos días. ¡Gracias!", NoteProblem.NONE),
        ("El plazo es el 15.12 a las 17.30, p. ej. en la mañana.", NoteProblem.NONE),
        ("Dudas: personas@servicio.gob.cl o anexo 123.", NoteProblem.NONE),
        ("Míralo en https://aula.gob.example/aula/.", NoteProblem.NONE),
        ("Está en aula.gob.example/aula/", NoteProblem.NONE),
        ("Entra a https://aula.gob.example.malo.com/", NoteProblem.FOREIGN_LINK),
        ("Entra a https://aula.gob.example@malo.com/", NoteProblem.FOREIGN_LINK),
        ("Entra a http://aula.gob.example/", NoteProblem.FOREIGN_LINK),
        ("Entra a www.malo.com", NoteProblem.FOREIGN_LINK),
        ("Entra a malo.cl/premio", NoteProblem.FOREIGN_LINK),
        ("Entra a malo.\u200dcl/premio", NoteProblem.FOREIGN_LINK),
        ("javascript://alert(1)", NoteProblem.FOREIGN_LINK),
        ("https://[malo", NoteProblem.FOREIGN_LINK),
        ("a" * (LONGEST + 1), NoteProblem.TOO_LONG),
    ],
)
def test_a_note_leads_nowhere_but_home(note: str, problem: NoteProblem) -> None:
    site = "https://aula.gob.example"
    assert find_note_problem(note=clean_text(note), site_url=site) == problem


@given(st.text(max_size=600))
def test_any_text_can_be_looked_at(text: str) -> None:
    find_note_problem(note=clean_text(text), site_url=SITE)

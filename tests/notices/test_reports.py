"""What mail servers send back is read, whatever program wrote it; what is hostile does no harm."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.notices.rules.addresses import ProblemKind
from lms.notices.rules.reports import LIMIT, Report, read_report

FOLDER = Path(__file__).parent / "bounces"
TOKEN = "0123456789abcdef0123456789abcdef"
HARD, SOFT, COMPLAINT = ProblemKind.HARD, ProblemKind.SOFT, ProblemKind.COMPLAINT


def sample(name: str) -> bytes:
    return (FOLDER / f"{name}.eml").read_bytes()


@pytest.mark.parametrize(
    ("name", "problem", "status"),
    [
        ("postfix_unknown_user", HARD, "5.1.1"),
        ("exchange_unknown_user", HARD, "5.1.10"),
        ("exim_mailbox_full", SOFT, "5.0.0"),
        ("old_exim_unknown_user", HARD, ""),
        ("gmail_policy", SOFT, "5.7.26"),
        ("sendmail_host_unknown", HARD, "5.1.2"),
        ("qmail_unknown_user", HARD, "5.1.1"),
        ("complaint", COMPLAINT, ""),
        ("unsubscribe", None, ""),
    ],
)
def test_reading_the_report(name: str, problem: ProblemKind | None, status: str) -> None:
    assert read_report(sample(name)) == Report(TOKEN, problem, status)
    with_crlf = sample(name).replace(b"\n", b"\r\n")
    assert read_report(with_crlf) == Report(TOKEN, problem, status)


@pytest.mark.parametrize("name", ["postfix_delayed", "holiday_answer", "not_spam"])
def test_what_is_no_failure_says_nothing(name: str) -> None:
    assert read_report(sample(name)) is None


def test_every_sample_is_tested() -> None:
    names = {file.stem for file in FOLDER.glob("*.eml")}
    assert len(names) == 12


def test_a_report_without_a_token_of_ours_says_nothing() -> None:
    raw = sample("postfix_unknown_user").replace(TOKEN.encode(), b"otra-cosa")
    assert read_report(raw) is None


def test_the_token_of_the_address_counts_before_that_in_the_text() -> None:
    """What is returned could be written by anybody; the address was made for one e-mail."""
    other = b"f" * 32
    raw = sample("postfix_unknown_user").replace(b"<" + TOKEN.encode(), b"<" + other)
    report = read_report(raw)
    assert report is not None and report.token == TOKEN


HOSTILE = {
    "nothing": b"",
    "zeros": b"\0" * 5000,
    "no headers": b"\n\n\n",
    "one long line": b"To: " + b"a" * 2_000_000,
    "deep nesting": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
    ),
    "messages in messages": b"To: r+%s@x\n" % TOKEN.encode() + b"Content-Type: message/rfc822\n\n" * 3000,
    "many parts": b"To: r+%s@x\nContent-Type: multipart/report; boundary=b\n\n" % TOKEN.encode()
    + b"--b\nContent-Type: text/plain\n\nx\n" * 20_000,
    "unknown charset": b"To: r+%s@x\nX-Failed-Recipients: a\nContent-Type: text/plain; charset=nada\n\n550 x"
    % TOKEN.encode(),
    "broken encoding": b"To: r+%s@x\nX-Failed-Recipients: a\nContent-Transfer-Encoding: base64\n\n%%%%"
    % TOKEN.encode(),
    "no boundary": b"To: r+%s@x\nContent-Type: multipart/report\n\n--\n--\n" % TOKEN.encode(),
    "status of text": b"To: r+%s@x\nContent-Type: multipart/report; boundary=b\n\n--b\n"
    b"Content-Type: message/delivery-status\n\nAction: failed\nStatus: \xff\xfe 9.9.9\n\n--b--"
    % TOKEN.encode(),
    "delivery status in base64": b"To: r+%s@x\nContent-Type: multipart/report; boundary=b\n\n--b\n"
    b"Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\nQWN0aW9u\n--b--"
    % TOKEN.encode(),
    "header bombs": b"To: =?utf-8?b?" + b"QUFB" * 50_000 + b"?=\n" * 50,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_does_no_harm(name: str) -> None:
    report = read_report(HOSTILE[name])
    assert report is None or report.token == TOKEN


def test_no_more_than_the_limit_is_read() -> None:
    raw = b"X: y\n" * (LIMIT // 5 + 10) + sample("postfix_unknown_user")
    assert read_report(raw) is None


@given(st.binary(max_size=2000))
@settings(max_examples=200)
def test_any_bytes_are_read(raw: bytes) -> None:
    assert read_report(raw) is None


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_report_damaged_anywhere_is_read_or_passed_over(data: st.DataObject) -> None:
    raw = bytearray(sample(data.draw(st.sampled_from(sorted(f.stem for f in FOLDER.glob("*.eml"))))))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    read_report(bytes(raw))

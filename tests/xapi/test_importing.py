"""A log into the record: checked whole first, conflicts stop it, repeating it changes nothing."""

import gzip
import io
import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lms.xapi.models import IndexRow, Statement, StatementKey
from lms.xapi.rules.formats import parse_instant
from lms.xapi.selectors.finding import find_statement
from lms.xapi.services import importing
from tests.xapi.samples import RICH, write
from tests.xapi.sayings import OTHER, empty_record, kept, say, say_some, saying, stranger, voiding

pytestmark = pytest.mark.usefixtures("committed_record")
PACKED = gzip.compress(
    b"".join(
        json.dumps(saying() | {"id": str(uuid.uuid5(uuid.NAMESPACE_URL, str(n)))}).encode() + b"\n"
        for n in range(9)
    ),
    mtime=0,
)


def run(target: Path, *arguments: str) -> str:
    """The command; what it says."""
    out = io.StringIO()
    call_command("import_statements", str(target), *arguments, stdout=out)
    return out.getvalue()


def export(target: Path) -> Path:
    call_command("export_statements", str(target), stdout=io.StringIO())
    return target


def lines_of(path: Path) -> list[dict[str, Any]]:
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.splitlines()]


def without_stored(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in s.items() if name != "stored"} for s in statements]


def log(path: Path, *statements: dict[str, Any] | str) -> Path:
    path.write_text("".join(f"{s if isinstance(s, str) else json.dumps(s)}\n" for s in statements))
    return path


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_a_record_imported_elsewhere_is_the_same_record(tmp_path: Path, name: str) -> None:
    say_some(3)
    say(*[write(said).encode() for key, said in RICH.items()], speaker=stranger())
    before = lines_of(export(tmp_path / name))
    empty_record()
    assert run(tmp_path / name) == f"{len(before)} declaraciones leídas; {len(before)} nuevas.\n"
    after = lines_of(export(tmp_path / f"otra-{name}"))
    assert without_stored(after) == without_stored(before)


def test_stored_is_the_instant_of_importing(tmp_path: Path) -> None:
    (statement_id,) = say_some(1)
    before = kept(statement_id)["stored"]
    export(tmp_path / "a.jsonl")
    empty_record()
    run(tmp_path / "a.jsonl")
    assert parse_instant(kept(statement_id)["stored"]) > parse_instant(before)


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    say_some(3)
    export(tmp_path / "a.jsonl")
    before = list(Statement.objects.values_list("position", flat=True))
    assert run(tmp_path / "a.jsonl") == "3 declaraciones leídas; 0 nuevas.\n"
    assert list(Statement.objects.values_list("position", flat=True)) == before


def test_the_authority_of_the_log_is_kept(tmp_path: Path) -> None:
    authority = {"objectType": "Agent", "mbox": "mailto:lrs@otro.example"}
    said = saying(authority=authority)
    run(log(tmp_path / "a.jsonl", said))
    assert kept(said["id"])["authority"] == authority


def test_without_authority_the_import_vouches(tmp_path: Path) -> None:
    said = saying()
    run(log(tmp_path / "a.jsonl", said))
    assert kept(said["id"])["authority"]["account"]["name"] == "importacion"


def test_voided_statements_are_voided_again(tmp_path: Path) -> None:
    (said,) = say(saying())
    (taking_back,) = say(voiding(said))
    export(tmp_path / "a.jsonl")
    empty_record()
    run(tmp_path / "a.jsonl")
    assert find_statement(statement_id=uuid.UUID(said)) is None
    assert find_statement(statement_id=uuid.UUID(said), voided=True) is not None
    assert StatementKey.objects.get(pk=said).voided_by == uuid.UUID(taking_back)
    assert not IndexRow.objects.filter(position=Statement.objects.get(id=said).position).exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "JSON"),
        ("[]", r"\$"),
        ("nada", "JSON"),
        ('{"id":"x"}', r"\$"),
        (json.dumps(saying() | {"actor": {"mbox": "ana"}}), r"\$\.actor\.mbox"),
        (json.dumps(saying() | {"actor": {}}), r"\$\.actor"),
        (json.dumps(saying() | {"result": {"score": {"scaled": 2}}}), r"\$\.result\.score\.scaled"),
        (json.dumps({k: v for k, v in saying().items() if k != "id"}), r"\$\.id"),
        (json.dumps(saying())[:-1] + ',"verb":{"id":"http://a.example/b"}}', "dos veces"),
    ],
)
def test_a_line_that_is_no_statement_is_named_and_nothing_is_stored(
    tmp_path: Path, line: str, reason: str
) -> None:
    path = log(tmp_path / "a.jsonl", saying(), "", line, saying())
    with pytest.raises(CommandError, match=f"No se guardó nada(.|\n)*línea 3: .*{reason}"):
        run(path)
    assert not Statement.objects.exists()


def test_the_first_twenty_faults_are_told(tmp_path: Path) -> None:
    path = log(tmp_path / "a.jsonl", *["{"] * 30)
    with pytest.raises(CommandError) as caught:
        run(path)
    assert str(caught.value).count("línea") == 20


def test_bytes_that_are_not_utf_8_are_a_fault_like_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps(saying(actor=OTHER | {"name": "X"})).encode().replace(b"X", b"\xff") + b"\n")
    with pytest.raises(CommandError, match="línea 1"):
        run(path)


def test_checking_stores_nothing(tmp_path: Path) -> None:
    assert "2 declaraciones, todas válidas" in run(log(tmp_path / "a.jsonl", saying(), saying()), "--check")
    assert not Statement.objects.exists()


def test_a_contradiction_stops_and_says_where_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    known = saying()
    say(known, speaker=importing.importer(importing.Platform("http://testserver", "k")))
    statements = [saying() for _ in range(6)]
    path = log(tmp_path / "a.jsonl", *statements[:4], known | {"actor": OTHER}, statements[4])
    with pytest.raises(CommandError, match=rf"{known['id']}(.|\n)*--from-line 5"):
        run(path)
    assert Statement.objects.count() == 5
    log(path, *statements[:4], known, statements[4], statements[5])
    assert run(path, "--from-line", "5") == "3 declaraciones leídas; 2 nuevas.\n"


def test_a_log_that_contradicts_itself_stops(tmp_path: Path) -> None:
    said = saying()
    with pytest.raises(CommandError, match="--from-line 1"):
        run(log(tmp_path / "a.jsonl", said, said | {"actor": OTHER}))


def test_a_line_that_stands_twice_is_stored_once(tmp_path: Path) -> None:
    said = saying()
    assert run(log(tmp_path / "a.jsonl", said, said)) == "2 declaraciones leídas; 1 nuevas.\n"


def test_a_voiding_of_a_voiding_stops_the_import(tmp_path: Path) -> None:
    said = saying()
    first = voiding(said["id"])
    with pytest.raises(CommandError, match="--from-line 1"):
        run(log(tmp_path / "a.jsonl", said, first, voiding(first["id"])))
    assert not Statement.objects.exists()


@pytest.mark.parametrize("length", [5, 15, -20, -4])
def test_a_truncated_file_is_said_to_be_unreadable(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(PACKED[:length])
    with pytest.raises(CommandError, match="No se puede leer"):
        run(path)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("place", [3, 12, 100, -2])
def test_a_damaged_file_is_said_to_be_unreadable(tmp_path: Path, place: int) -> None:
    path = tmp_path / "a.jsonl.gz"
    damaged = bytearray(PACKED)
    damaged[place] ^= 0xFF
    path.write_bytes(damaged)
    with pytest.raises(CommandError, match=r"No se puede leer|No se guardó nada"):
        run(path)
    assert not Statement.objects.exists()


def test_an_empty_file_has_no_statements(tmp_path: Path) -> None:
    assert run(log(tmp_path / "a.jsonl")) == "0 declaraciones leídas; 0 nuevas.\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--from-line", "0"], "--from-line"),
        (["--from-line", "-3"], "--from-line"),
        (["--from-line", "dos"], "--from-line"),
        (["--otra"], "--otra"),
    ],
)
def test_a_bad_argument_is_named(tmp_path: Path, arguments: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        run(log(tmp_path / "a.jsonl", saying()), *arguments)
    assert not Statement.objects.exists()


@pytest.mark.parametrize("name", ["no-existe.jsonl", "."])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="No se puede leer"):
        run(tmp_path / name)


def test_without_a_file_the_command_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="file"):
        call_command("import_statements")

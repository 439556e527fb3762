"""The record as a file: whole or in part, resumable, and never over something else."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lms.xapi.models import Statement
from lms.xapi.rules.formats import format_instant
from lms.xapi.selectors.finding import StatementFilter
from lms.xapi.services import exporting
from lms.xapi.services.exporting import export_statements
from tests.xapi.sayings import ANSWERED, OTHER, learner, say, say_some, saying, voiding

pytestmark = pytest.mark.usefixtures("committed_record")


class PowerCutError(Exception):
    """The process dies."""


def interrupt_after(chunks: int) -> Callable[[int], None]:
    """An ``advance`` that dies when it is called for the last of so many chunks."""
    rest = [chunks]

    def advance(count: int) -> None:
        rest[0] -= 1
        if not rest[0]:
            raise PowerCutError

    return advance


def export(target: Path, *arguments: str) -> str:
    """The command; what it says."""
    out = io.StringIO()
    call_command("export_statements", str(target), *arguments, stdout=out)
    return out.getvalue()


def content(target: Path) -> bytes:
    return gzip.decompress(target.read_bytes()) if target.suffix == ".gz" else target.read_bytes()


def ids_in(target: Path) -> list[str]:
    return [json.loads(line)["id"] for line in content(target).splitlines()]


@pytest.mark.parametrize("name", ["registro.jsonl", "registro.jsonl.gz"])
def test_everything_is_written_in_order_as_it_is_kept(tmp_path: Path, name: str) -> None:
    ids = [*say_some(3), *say_some(2)]
    said = export(tmp_path / name)
    assert ids_in(tmp_path / name) == ids
    assert content(tmp_path / name).splitlines() == [
        row.text for row in Statement.objects.order_by("position")
    ]
    assert said == f"5 declaraciones en {tmp_path / name}.\n"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_compressed_file_is_compressed(tmp_path: Path) -> None:
    say_some(200)
    export(tmp_path / "todo.jsonl.gz")
    assert (tmp_path / "todo.jsonl.gz").stat().st_size * 5 < len(content(tmp_path / "todo.jsonl.gz"))


def test_voided_statements_are_part_of_a_whole_export(tmp_path: Path) -> None:
    (said,) = say(saying())
    (taking_back,) = say(voiding(said))
    export(tmp_path / "todo.jsonl")
    assert ids_in(tmp_path / "todo.jsonl") == [said, taking_back]


@pytest.mark.parametrize("name", ["nada.jsonl", "nada.jsonl.gz"])
def test_an_empty_record_makes_a_file_without_lines(tmp_path: Path, name: str) -> None:
    assert export(tmp_path / name).startswith("0 declaraciones")
    with (gzip.open if name.endswith(".gz") else open)(tmp_path / name, "rb") as file:
        assert file.read() == b""


def test_an_empty_compressed_file_is_one_for_other_programs(tmp_path: Path) -> None:
    export(tmp_path / "nada.jsonl.gz")
    assert (tmp_path / "nada.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"


CHOSEN: dict[str, tuple[str, ...]] = {
    "agent": ("--agent", json.dumps(OTHER)),
    "activity": ("--activity", "https://otro.example/actividad/2"),
    "verb": ("--verb", ANSWERED),
    "agent-and-verb": ("--agent", json.dumps(OTHER), "--verb", ANSWERED),
}


@pytest.mark.parametrize("arguments", CHOSEN.values(), ids=CHOSEN)
def test_only_what_matches_is_written(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    say_some(3)
    chosen = {"actor": OTHER, "verb": ANSWERED, "activity": "https://otro.example/actividad/2"}
    ids = [*say_some(3, **chosen), *say_some(2, **chosen)]
    say_some(2)
    export(tmp_path / "parte.jsonl", *arguments)
    assert ids_in(tmp_path / "parte.jsonl") == ids


@pytest.mark.parametrize("more", [(), ("--agent", json.dumps(learner()))], ids=["whole", "filtered"])
def test_since_leaves_out_its_instant_and_until_includes_it(tmp_path: Path, more: tuple[str, ...]) -> None:
    """As ``since`` and ``until`` of xAPI-Communication 2.1.3, whatever else is asked for."""
    ids = [say_some(1)[0] for _ in range(4)]
    stored = [format_instant(Statement.objects.get(id=found).stored) for found in ids]
    export(tmp_path / "parte.jsonl", "--since", stored[0], "--until", stored[2], *more)
    assert ids_in(tmp_path / "parte.jsonl") == ids[1:3]


@pytest.mark.parametrize("more", [(), ("--agent", json.dumps(learner()))], ids=["whole", "filtered"])
def test_dates_beyond_the_record_are_before_and_after_everything(
    tmp_path: Path, more: tuple[str, ...]
) -> None:
    ids = say_some(2)
    export(tmp_path / "todo.jsonl", "--since", "1850-01-01", "--until", "2500-01-01", *more)
    assert ids_in(tmp_path / "todo.jsonl") == ids


@pytest.mark.parametrize("name", ["registro.jsonl", "registro.jsonl.gz"])
@pytest.mark.parametrize("chosen", [{}, {"verb": ANSWERED}], ids=["whole", "filtered"])
@pytest.mark.parametrize("chunks", [1, 2, 3])
def test_a_resumed_export_is_the_same_as_an_uninterrupted_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, chosen: dict[str, Any], chunks: int
) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    say_some(5, verb=ANSWERED)
    wanted, target, whole = StatementFilter(**chosen), tmp_path / name, tmp_path / f"entero-{name}"
    with pytest.raises(PowerCutError):
        export_statements(wanted=wanted, target=target, resume=False, advance=interrupt_after(chunks))
    assert not target.exists()
    assert export_statements(wanted=wanted, target=target, resume=True, advance=lambda count: None) == 5
    export_statements(wanted=wanted, target=whole, resume=False, advance=lambda count: None)
    assert content(target) == content(whole)


def test_what_was_written_after_the_last_note_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "CHUNK", 2)
    ids = say_some(5)
    target = tmp_path / "registro.jsonl"
    with pytest.raises(PowerCutError):
        export_statements(wanted=StatementFilter(), target=target, resume=False, advance=interrupt_after(1))
    with (tmp_path / "registro.jsonl.part").open("ab") as file:
        file.write(b'{"a medias')
    export(target, "--resume")
    assert ids_in(target) == ids


def test_an_interruption_before_the_first_note_is_resumed_from_the_start(tmp_path: Path) -> None:
    ids = say_some(2)
    (tmp_path / "registro.jsonl.part").write_bytes(b'{"a medias')
    export(tmp_path / "registro.jsonl", "--resume")
    assert ids_in(tmp_path / "registro.jsonl") == ids


def test_an_existing_target_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mio.jsonl").write_text("mío")
    for arguments in ((), ("--resume",)):
        with pytest.raises(CommandError, match="ya existe"):
            export(tmp_path / "mio.jsonl", *arguments)
    assert (tmp_path / "mio.jsonl").read_text() == "mío"


def test_an_unfinished_export_is_not_written_over_by_mistake(tmp_path: Path) -> None:
    (tmp_path / "mio.jsonl.part").write_text("a medias")
    with pytest.raises(CommandError, match="--resume"):
        export(tmp_path / "mio.jsonl")
    assert (tmp_path / "mio.jsonl.part").read_text() == "a medias"


def test_an_export_is_not_resumed_with_other_filters(tmp_path: Path) -> None:
    say_some(1)
    with pytest.raises(PowerCutError):
        export_statements(
            wanted=StatementFilter(), target=tmp_path / "a.jsonl", resume=False, advance=interrupt_after(1)
        )
    with pytest.raises(CommandError, match="otros filtros"):
        export(tmp_path / "a.jsonl", "--resume", "--verb", ANSWERED)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--since", "ayer"), "--since"),
        (("--since", "2026-13-01"), "--since"),
        (("--since", "2026-02-30"), "--since"),
        (("--until", "2026-01-01T08:00:00"), "--until"),
        (("--agent", "{"), "--agent"),
        (("--agent", "[]"), "--agent"),
        (("--agent", '{"name":"Ana"}'), "--agent"),
        (("--agent", '{"objectType":"Group","member":[{"mbox":"mailto:a@otro.example"}]}'), "--agent"),
        (("--activity", "no es un IRI"), "--activity"),
        (("--verb", "respondió"), "--verb"),
        (("--otra", "cosa"), "--otra"),
    ],
)
def test_a_bad_argument_is_named_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    with pytest.raises(CommandError, match=reason):
        export(tmp_path / "a.jsonl", *arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="nada"):
        export(tmp_path / "nada" / "a.jsonl")


def test_without_a_file_the_command_says_what_is_missing() -> None:
    with pytest.raises(CommandError, match="file"):
        call_command("export_statements")

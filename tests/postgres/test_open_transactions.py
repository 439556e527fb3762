"""Readers while somebody has stored something and not committed it, and somebody else has."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from lms.xapi.engines import consistent_through, current_engine
from lms.xapi.models import Statement
from lms.xapi.rules.positions import stored_at
from tests.xapi.sayings import say, say_some, saying
from tests.xapi.stub_lrs import open_stub
from tests.xapi.targets import forward_all, open_target
from tests.xapi.threads import uncommitted

pytestmark = pytest.mark.usefixtures("committed_record")


def test_nothing_is_settled_from_an_open_transaction_on() -> None:
    early = saying()
    with uncommitted(lambda: say(early)):
        say_some(2)
        settled, through = current_engine().settled_before(), consistent_through()
    position = Statement.objects.get(id=early["id"]).position
    assert settled <= position
    assert through < stored_at(position)


def test_nothing_overtakes_what_is_not_committed_yet() -> None:
    with open_stub() as stub:
        open_target(stub)
        early, late = saying(), saying()
        with uncommitted(lambda: say(early)):
            say(late)
            forward_all()
            assert stub.taken == []
        forward_all()
        assert stub.taken == [early["id"], late["id"]]


def test_an_export_ends_before_what_is_not_committed_yet(tmp_path: Path) -> None:
    with uncommitted(lambda: say_some(1)):
        say_some(1)
        call_command("export_statements", str(tmp_path / "todo.jsonl"), stdout=io.StringIO())
    assert (tmp_path / "todo.jsonl").read_bytes() == b""

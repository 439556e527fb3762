"""What is refused in the middle of a batch leaves nothing of the batch."""

from typing import Any

import pytest

from lms.lib import clock
from lms.xapi.models import Activity, IndexRow, Link, Reference, Statement, StatementKey
from tests.xapi.callers import open_client, post
from tests.xapi.sayings import OTHER, ours, say, saying, voiding

pytestmark = pytest.mark.usefixtures("committed_record")
TABLES = (Statement, StatementKey, IndexRow, Link, Reference, Activity)
KNOWN = saying()


def count_rows() -> list[int]:
    return [model.objects.count() for model in TABLES]  # type: ignore[attr-defined]


LAST: dict[str, tuple[dict[str, Any], int]] = {
    "a contradiction": (KNOWN | {"actor": OTHER}, 409),
    "a voiding of what another said": (voiding(KNOWN["id"]), 403),
    "a verb of the platform": (saying(verb="https://w3id.org/xapi/adl/verbs/waived"), 403),
    "no statement": ({"id": "x"}, 400),
}


@pytest.mark.parametrize(("last", "status"), LAST.values(), ids=LAST)
def test_a_refused_statement_takes_its_batch_along(last: dict[str, Any], status: int) -> None:
    say(KNOWN, speaker=ours())
    before = count_rows()
    named = saying(object={"id": "https://otro.example/x", "definition": {"name": {"es": "X"}}})
    answer = post(open_client(at=clock.now()), [named, voiding(named["id"]), saying(), last])
    assert answer.status_code == status
    assert count_rows() == before


def test_an_id_twice_in_a_batch_takes_it_along() -> None:
    said = saying()
    assert post(open_client(at=clock.now()), [saying(), said, said]).status_code == 400
    assert count_rows() == [0] * len(TABLES)

"""A client library of others against a real server."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from tincan import Activity, Agent, RemoteLRS, Statement, Verb
from tincan.documents import StateDocument

from tests.xapi.callers import open_credential
from tests.xapi.live import Server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lrs(transactional_db: None, database_url: str, tmp_path: Path, at: datetime) -> Iterator[RemoteLRS]:
    server = Server(database_url, tmp_path, open_credential(at=at))
    server.start()
    yield RemoteLRS(
        endpoint=f"http://127.0.0.1:{server.port}/xapi/", version="1.0.3", auth=server.authorization
    )
    server.kill()
    assert "Traceback" not in server.log()


ANA = Agent(name="Ana", mbox="mailto:ana@otro.example")
VISIT = Activity(id="https://otro.example/visita")


def make(number: int) -> Statement:
    return Statement(
        actor=ANA,
        verb=Verb(id="http://adlnet.gov/expapi/verbs/experienced", display={"es": "vio"}),
        object=VISIT,
        context={"extensions": {"urn:número": number}},
    )


def test_tincan_writes_statements_and_reads_them_page_by_page(lrs: RemoteLRS) -> None:
    one = lrs.save_statement(make(0))
    assert one.success, one.data
    assert lrs.save_statements([make(number) for number in range(1, 5)]).success
    known = lrs.retrieve_statement(one.content.id).content
    assert (known.id, known.object.id) == (one.content.id, VISIT.id)

    page = lrs.query_statements({"agent": ANA, "activity": VISIT, "limit": 2, "ascending": True})
    assert page.success, page.data
    found = list(page.content.statements)
    while page.content.more:
        page = lrs.more_statements(page.content)
        found += page.content.statements
    assert [said.context.extensions["urn:número"] for said in found] == [0, 1, 2, 3, 4]


def test_tincan_writes_and_reads_a_state(lrs: RemoteLRS) -> None:
    document = StateDocument(
        activity=VISIT, agent=ANA, id="marcador", content='{"page":3}', content_type="application/json"
    )
    saved = lrs.save_state(document)
    assert saved.success, saved.data
    found = lrs.retrieve_state(VISIT, ANA, "marcador")
    assert found.success, found.data
    assert bytes(found.content.content) == b'{"page":3}'
    assert lrs.retrieve_state_ids(VISIT, ANA).content == ["marcador"]
    assert lrs.delete_state(found.content).success
    assert lrs.retrieve_state_ids(VISIT, ANA).content == []

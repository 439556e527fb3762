"""Statements that carry files go on with them."""

import email
import hashlib
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from lms.xapi.models import Attachment, DeadLetter
from lms.xapi.services import forwarding
from tests.xapi.sayings import say, say_some, saying
from tests.xapi.stub_lrs import Heard, StubLrs, open_stub
from tests.xapi.targets import forward_all, open_target

pytestmark = pytest.mark.usefixtures("committed_record")


@pytest.fixture
def stub() -> Iterator[StubLrs]:
    with open_stub() as found:
        yield found


def described(content: bytes, **more: Any) -> dict[str, Any]:
    """An attachment as a statement tells of it; its file is kept."""
    sha2 = hashlib.sha256(content).hexdigest()
    name = storages["xapi"].save(f"{sha2[:2]}/{sha2}", ContentFile(content))
    Attachment.objects.get_or_create(sha2=sha2, defaults={"file": name, "length": len(content)})
    return {
        "usageType": "https://otro.example/uso", "display": {"es": "Informe"},
        "contentType": "text/plain", "length": len(content), "sha2": sha2, **more,
    }  # fmt: skip


def parts_of(heard: Heard) -> list[Message]:
    head = f"Content-Type: {heard.headers['Content-Type']}\r\n\r\n".encode()
    found = email.message_from_bytes(head + heard.body)
    assert found.is_multipart()
    return [part for part in found.walk() if not part.is_multipart()]


def test_a_statement_goes_with_its_file(stub: StubLrs) -> None:
    content = b"\x00\xffel informe\r\n--\r\n"
    ids = say(saying(attachments=[described(content)]))
    open_target(stub)
    assert forward_all() == 1
    assert stub.heard[0].headers.get_content_type() == "multipart/mixed"
    text, file = parts_of(stub.heard[0])
    assert text.get_content_type() == "application/json"
    assert stub.taken == ids
    assert file.get_payload(decode=True) == content
    assert file["X-Experience-API-Hash"] == hashlib.sha256(content).hexdigest()
    assert (file["Content-Type"], file["Content-Transfer-Encoding"]) == ("text/plain", "binary")


def test_statements_with_and_without_files_keep_their_order(stub: StubLrs) -> None:
    attachment = described(b"uno")
    ids = say(
        saying(), saying(attachments=[attachment]), saying(attachments=[attachment]), saying(), saying()
    )
    open_target(stub)
    forward_all()
    assert stub.taken == ids
    kinds = [heard.headers.get_content_maintype() for heard in stub.heard]
    assert kinds == ["application", "multipart", "multipart", "application"]


def test_the_files_of_a_substatement_go_too(stub: StubLrs) -> None:
    inner = saying(attachments=[described(b"dentro")]) | {"objectType": "SubStatement"}
    inner.pop("id")
    say(saying(object=inner))
    open_target(stub)
    forward_all()
    assert [part.get_payload(decode=True) for part in parts_of(stub.heard[0])][1:] == [b"dentro"]


def test_a_file_that_lies_elsewhere_is_only_told_of(stub: StubLrs) -> None:
    away = described(b"afuera", fileUrl="https://otro.example/afuera.txt")
    Attachment.objects.all().delete()
    ids = say(saying(attachments=[away]))
    open_target(stub)
    forward_all()
    assert stub.heard[0].headers.get_content_type() == "application/json"
    assert stub.taken == ids


def test_files_that_are_too_large_go_to_dead_letters(stub: StubLrs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "LARGEST_FILES", 3)
    say(saying(attachments=[described(b"cuatro")]))
    ids = say_some(1)
    open_target(stub)
    forward_all()
    assert stub.taken == ids
    assert "3 bytes" in DeadLetter.objects.get().reason


def test_nobody_can_know_the_boundary_that_files_travel_between(stub: StubLrs) -> None:
    say(*(saying(attachments=[described(b"uno")]) for _ in range(2)))
    open_target(stub)
    forward_all()
    first, second = (heard.headers.get_boundary() for heard in stub.heard)
    assert first and second and first != second


def test_a_file_that_has_got_lost_stops_neither_the_rest_nor_the_others(stub: StubLrs) -> None:
    attachment = described(b"perdido")
    storages["xapi"].delete(Attachment.objects.get().file)
    (lost,) = say(saying(attachments=[attachment]))
    ids = say_some(1)
    open_target(stub)
    with open_stub() as other:
        open_target(other)
        forward_all()
        assert ids[0] in stub.taken
        assert ids[0] in other.taken
    assert {str(letter.statement_id) for letter in DeadLetter.objects.all()} in ({lost}, set())

"""Where statements go and where they never go, and what one broken target does to the others."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.forms.models import model_to_dict

from lms.lib.sealing import UnsealError, unseal
from lms.xapi.models import DeadLetter, ForwardTarget
from lms.xapi.platform import credential_keys
from lms.xapi.rules.credentials import parse_basic
from lms.xapi.services import forwarding
from lms.xapi.services.forward_targets import change_target
from lms.xapi.services.forwarding import forward_due
from tests.xapi.sayings import say, say_some, saying
from tests.xapi.stub_lrs import Behaviour, StubLrs, accept, answer, open_stub, refuse
from tests.xapi.targets import AT, forward_all, fresh, open_target, sending

pytestmark = pytest.mark.usefixtures("committed_record")


@pytest.fixture
def stub() -> Iterator[StubLrs]:
    with open_stub() as found:
        yield found


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(stub: StubLrs, status: int) -> None:
    say_some(1)
    target = open_target(stub)
    with open_stub() as elsewhere:
        stub.behave = answer(status, Location=f"{elsewhere.endpoint}/statements")
        assert forward_all() == 0
        assert (elsewhere.heard, elsewhere.connections) == ([], 0)
    assert fresh(target).failures == 1
    assert not DeadLetter.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_an_inner_address_gets_nothing_unless_it_is_allowed(stub: StubLrs, host: str) -> None:
    say_some(1)
    target = open_target(stub.endpoint.replace("127.0.0.1", host))
    assert forward_due(sending=sending(private_allowed=False), now=lambda: AT, seconds=60) == 0
    assert stub.connections == 0
    assert "no es una dirección pública" in fresh(target).last_error


def test_an_inner_address_gets_its_statements_where_it_is_allowed(stub: StubLrs) -> None:
    ids = say_some(1)
    open_target(stub)
    assert forward_due(sending=sending(private_allowed=True), now=lambda: AT, seconds=60) == 1
    assert stub.taken == ids


@pytest.mark.parametrize("endpoint", ["ftp://127.0.0.1/xapi", "file:///etc/passwd", "http://"])
def test_an_address_that_leads_nowhere_is_a_failure_like_others(endpoint: str) -> None:
    say_some(1)
    target = open_target(endpoint)
    assert forward_all() == 0
    assert fresh(target).failures == 1


def test_secrets_do_not_lie_in_the_row_in_clear(stub: StubLrs) -> None:
    target = open_target(stub, secret="muy-secreto-4711")
    assert "4711" not in str(model_to_dict(fresh(target)))
    change_target(
        target_id=target.pk, endpoint=stub.endpoint, key="k", secret="muy-secreto-4712",
        sealing_key=credential_keys()[0], is_active=True,
    )  # fmt: skip
    assert "4712" not in str(model_to_dict(fresh(target)))


def test_a_sealed_secret_opens_for_no_other_purpose(stub: StubLrs) -> None:
    with pytest.raises(UnsealError):
        unseal(open_target(stub).secret, purpose="otro", keys=credential_keys())


def test_without_a_new_secret_the_old_one_stays(stub: StubLrs) -> None:
    target = open_target(stub, secret="s")
    change_target(
        target_id=target.pk, endpoint=stub.endpoint, key="k", secret="",
        sealing_key=credential_keys()[0], is_active=True,
    )  # fmt: skip
    assert fresh(target).secret == target.secret


def test_a_mended_target_is_tried_at_once(stub: StubLrs) -> None:
    ids = say_some(1)
    target = open_target("http://127.0.0.1:9/nadie")
    forward_all()
    change_target(
        target_id=target.pk, endpoint=stub.endpoint, key="k", secret="",
        sealing_key=credential_keys()[0], is_active=True,
    )  # fmt: skip
    assert forward_all() == 1
    assert stub.taken == ids


def test_after_a_change_of_the_secret_key_targets_go_on(stub: StubLrs, settings: Any) -> None:
    ids = say_some(1)
    open_target(stub)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "la-nueva-clave-de-la-instalación"
    assert forward_all() == 1
    assert stub.taken == ids


@pytest.mark.parametrize("secret", ["contraseña", "clave-€-😀"])
def test_a_secret_beyond_ascii_is_sent_as_utf_8(stub: StubLrs, secret: str) -> None:
    """As RFC 7617 says of a charset, and as our own record reads it."""
    say_some(1)
    open_target(stub, key="clave", secret=secret)
    forward_all()
    assert parse_basic(stub.heard[0].headers["Authorization"]) == ("clave", secret)


HOSTILE: dict[str, Behaviour] = {
    "retry-after": answer(503, Retry_After="9" * 5000),
    "nul": answer(500, "a\x00b"),
    "nul-in-a-refusal": answer(400, "a\x00b"),
    "surrogates": answer(500, "\udcff".encode(errors="surrogateescape").decode("latin-1")),
    "long": answer(500, "x" * 100_000),
}


@pytest.mark.parametrize("behave", HOSTILE.values(), ids=HOSTILE)
def test_whatever_one_target_answers_the_others_get_theirs(stub: StubLrs, behave: Behaviour) -> None:
    ids = say_some(1)
    stub.behave = behave
    open_target(stub)
    with open_stub() as other:
        open_target(other)
        forward_all()
        assert other.taken == ids


BROKEN: dict[str, dict[str, Any]] = {
    "sealed-with-a-lost-key": {"secret": "no se abre"},
    "host-without-end": {"endpoint": f"http://{'a' * 64}.example/xapi"},
    "key-beyond-latin-1": {"key": "clave-€"},
    "port": {"endpoint": "http://127.0.0.1:99999/xapi"},
}


@pytest.mark.parametrize("changes", BROKEN.values(), ids=BROKEN)
def test_a_target_that_cannot_be_used_does_not_stop_the_others(
    stub: StubLrs, changes: dict[str, Any]
) -> None:
    ids = say_some(1)
    broken = open_target(stub)
    ForwardTarget.objects.update(**changes)
    with open_stub() as other:
        open_target(other)
        forward_all()
        assert other.taken == ids
    assert fresh(broken).last_error or stub.taken


def test_a_number_that_no_float_holds_stops_nothing(stub: StubLrs) -> None:
    said = saying(result={"extensions": {"urn:numero": 0}})
    ids = say(said, saying())
    ids += say(b'{"actor":{"mbox":"mailto:a@otro.example"},"verb":{"id":"http://adlnet.gov/expapi/verbs/experienced"},'
               b'"object":{"id":"https://otro.example/a"},"result":{"extensions":{"urn:numero":1e400}}}')  # fmt: skip
    ids += say_some(1)
    open_target(stub)
    forward_all()
    gone = {*stub.taken, *(str(letter.statement_id) for letter in DeadLetter.objects.all())}
    assert gone == set(ids)


def test_a_record_is_not_read_again_from_its_start_for_each_turn(
    stub: StubLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was passed over before a failure is passed over for good."""
    monkeypatch.setattr(forwarding, "CHUNK", 2)
    say_some(4)
    (wanted,) = say_some(1, verb="http://adlnet.gov/expapi/verbs/answered")
    target = open_target(stub, verbs=["http://adlnet.gov/expapi/verbs/answered"])
    before = target.cursor
    stub.behave = answer(500)
    forward_all()
    assert fresh(target).cursor > before
    stub.behave = refuse()
    forward_all(now=fresh(target).next_attempt_at or AT)
    assert stub.taken == [wanted]
    stub.behave = accept

"""xAPI-Data 2.6: signed statements."""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from tests.conformance.multipart import MIXED, file_part, json_part, write_parts
from tests.conformance.sayings import DROP, Node, attachment, changed, full_statement, new_id, statement
from tests.conformance.speaking import Answer, Lrs

USAGE = "http://adlnet.gov/expapi/attachments/signature"
HASHES = {"RS256": SHA256, "RS384": SHA384, "RS512": SHA512}
Sign = Callable[..., bytes]


def b64(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def certify(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    """A certificate that the key gives itself, as a header's ``x5c`` holds it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Prueba")])
    since = datetime(2026, 1, 1)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(since)
        .not_valid_after(since + timedelta(days=3650))
        .sign(key, SHA256())
    )
    return base64.b64encode(built.public_bytes(Encoding.DER)).decode()


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def sign(key: rsa.RSAPrivateKey) -> Sign:
    """Signs a payload; ``header`` adds to or replaces the header, ``certified`` shows a certificate."""
    certificate = certify(key)

    def make(payload: Any, alg: str = "RS256", *, certified: bool = True, **header: Any) -> bytes:
        head = {"alg": alg} | ({"x5c": [certificate]} if certified else {}) | header
        content = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        signed = b64(json.dumps(head).encode()) + b"." + b64(content)
        seal = key.sign(signed, padding.PKCS1v15(), HASHES.get(alg, SHA256)())
        return signed + b"." + b64(seal)

    return make


def post(lrs: Lrs, said: Node, signature: bytes, **more: Any) -> Answer:
    mention = attachment(
        usageType=USAGE,
        contentType="application/octet-stream",
        length=len(signature),
        sha2=hashlib.sha256(signature).hexdigest(),
    )
    del mention["fileUrl"]
    whole = {**said, "attachments": [*said.get("attachments", []), mention | more]}
    parts = write_parts(json_part(whole), file_part(signature, kind="application/octet-stream"))
    return lrs.send("POST", "statements", {}, parts, MIXED)


SAID = statement(id=new_id(), timestamp="2026-03-02T12:30:00Z", result={"duration": "PT1.12S"})


@pytest.mark.parametrize("alg", [pytest.param(alg, id=f"XAPI-00117-{alg}") for alg in HASHES])
@pytest.mark.parametrize("certified", [True, False])
def test_a_signed_statement_is_accepted(lrs: Lrs, sign: Sign, alg: str, certified: bool) -> None:
    assert post(lrs, SAID, sign(SAID, alg, certified=certified)).status == 200


def test_the_signature_comes_back_with_its_statement_xapi_00115(lrs: Lrs, sign: Sign) -> None:
    signature = sign(SAID)
    assert post(lrs, SAID, signature).json == [SAID["id"]]
    assert signature in lrs.get(attachments="true", statementId=SAID["id"]).body


@pytest.mark.parametrize(
    "signed",
    [
        pytest.param(dict(reversed(SAID.items())), id="XAPI-00116-order"),
        pytest.param(changed(SAID, "timestamp", "2026-03-02T09:30:00-03:00"), id="XAPI-00116-zone"),
        pytest.param(changed(SAID, "timestamp", DROP), id="XAPI-00116-signed-before-its-timestamp"),
        pytest.param(changed(SAID, "id", DROP), id="XAPI-00116-signed-before-its-id"),
        pytest.param(changed(SAID, "result/duration", "PT1.1237S"), id="4.2.7-duration"),
    ],
)
def test_a_signature_of_the_same_in_other_words_is_accepted(lrs: Lrs, sign: Sign, signed: Node) -> None:
    assert post(lrs, SAID, sign(signed)).status == 200


def test_other_attachments_are_signed_too_xapi_00116(lrs: Lrs, sign: Sign) -> None:
    whole = full_statement()
    assert post(lrs, whole, sign(whole)).status == 200
    assert post(lrs, whole, sign(changed(whole, "attachments", DROP))).status == 400


@pytest.mark.parametrize(
    "alg",
    [pytest.param(alg, id=f"XAPI-00117-{alg}") for alg in ("HS256", "ES256", "PS256", "none", "rs256", "")],
)
def test_another_algorithm_is_refused(lrs: Lrs, sign: Sign, alg: str) -> None:
    assert post(lrs, SAID, sign(SAID, alg)).status == 400
    assert post(lrs, SAID, sign(SAID, alg, certified=False)).status == 400


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(changed(SAID, "actor/mbox", "mailto:otra@lrs.example"), id="XAPI-00116-other-actor"),
        pytest.param(changed(SAID, "verb/id", "https://lrs.example/verbs/x"), id="XAPI-00116-other-verb"),
        pytest.param(changed(SAID, "result", DROP), id="XAPI-00116-without-result"),
        pytest.param(changed(SAID, "timestamp", "2026-03-02T12:31:00Z"), id="XAPI-00116-other-instant"),
        pytest.param([SAID], id="XAPI-00116-list"),
        pytest.param({}, id="XAPI-00116-empty-object"),
        pytest.param(b"{", id="XAPI-00116-not-json"),
        pytest.param(b"\xff", id="XAPI-00116-not-utf-8"),
        pytest.param(b"", id="XAPI-00116-nothing"),
    ],
)
def test_a_signature_of_something_else_is_refused(lrs: Lrs, sign: Sign, payload: Any) -> None:
    assert post(lrs, SAID, sign(payload)).status == 400


@pytest.mark.parametrize(
    "signature",
    [
        pytest.param(b"hola", id="XAPI-00115-no-jws"),
        pytest.param(b"", id="XAPI-00115-empty"),
        pytest.param(b"a.b", id="XAPI-00115-two-parts"),
        pytest.param(b"a.b.c.d", id="XAPI-00115-four-parts"),
        pytest.param(b"...", id="XAPI-00115-dots"),
        pytest.param(b64(b"[]") + b"." + b64(b"{}") + b".", id="XAPI-00115-header-as-list"),
        pytest.param(b'{"payload": "e30", "signatures": []}', id="XAPI-00115-json-serialisation"),
        pytest.param(
            b64(b'{"alg": ["RS256"]}') + b"." + b64(b"{}") + b".", id="XAPI-00115-algorithm-as-list"
        ),
    ],
)
def test_what_is_no_jws_is_refused(lrs: Lrs, signature: bytes) -> None:
    assert post(lrs, SAID, signature).status == 400


@pytest.mark.parametrize(
    "chain",
    [[], ["no"], "", 5, None, [5], {"0": "x"}, ["AAAA"]],
    ids=["empty", "no-base64", "text", "number", "null", "number-in-list", "object", "no-certificate"],
)
def test_a_chain_that_cannot_be_read_is_refused(lrs: Lrs, sign: Sign, chain: Any) -> None:
    assert post(lrs, SAID, sign(SAID, x5c=chain)).status == 400


def test_a_signature_of_another_key_than_its_certificate_is_refused(lrs: Lrs, sign: Sign) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert post(lrs, SAID, sign(SAID, x5c=[certify(other)])).status == 400


def test_a_certificate_of_another_kind_of_key_is_refused(lrs: Lrs, sign: Sign) -> None:
    assert post(lrs, SAID, sign(SAID, x5c=[certify(ec.generate_private_key(ec.SECP256R1()))])).status == 400


def test_a_signature_that_was_touched_is_refused(lrs: Lrs, sign: Sign) -> None:
    head, payload, seal = sign(SAID).split(b".")
    touched = b".".join([head, payload, b"AAAA" + seal[4:]])
    assert post(lrs, SAID, touched).status == 400


@pytest.mark.parametrize(
    "kind", [pytest.param(kind, id=f"XAPI-00115-{kind}") for kind in ("text/plain", "application/json")]
)
def test_a_signature_of_another_type_is_refused(lrs: Lrs, sign: Sign, kind: str) -> None:
    assert post(lrs, SAID, sign(SAID), contentType=kind).status == 400


def test_a_signature_that_is_elsewhere_is_refused_xapi_00115(lrs: Lrs) -> None:
    mention = attachment(usageType=USAGE, contentType="application/octet-stream")
    assert lrs.post(statement(attachments=[mention])).status == 400

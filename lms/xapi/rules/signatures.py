"""Signed statements (xAPI-Data 2.6): JSON Web Signatures in compact form, RSA only."""

import base64
import binascii
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

from lms.xapi.rules.canonical import comparable, digest_value
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.json_text import decode, decode_object
from lms.xapi.rules.statements import check_statement

USAGE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"
_HASHES: dict[str, type[HashAlgorithm]] = {"RS256": SHA256, "RS384": SHA384, "RS512": SHA512}


def check_signature(signature: bytes, *, statement: bytes) -> None:
    """Does the signature sign this statement? With a certificate in its header, is it genuine?

    The chain of the certificate is not judged: whom to trust is the reader's decision.

    Args:
        signature: the content of the attachment.
        statement: the JSON text of the statement that carries it.

    Raises:
        InvalidValueError: no.
    """
    try:
        head, payload, seal = signature.strip().split(b".")
        header, signed = _json(head), _decode(payload)
        seal_bytes = _decode(seal)
    except (ValueError, binascii.Error):
        raise InvalidValueError("la firma no es un JWS en forma compacta") from None
    algorithm = _HASHES.get(str(header.get("alg")))
    if algorithm is None:
        raise InvalidValueError(
            f"el algoritmo de firma debe ser RS256, RS384 o RS512, no «{header.get('alg')}»"
        )
    if "x5c" in header:
        _verify(header["x5c"], algorithm(), head + b"." + payload, seal_bytes)
    if not _same(signed, statement):
        raise InvalidValueError("lo firmado no es esta declaración")


def _verify(chain: Any, algorithm: HashAlgorithm, signed: bytes, seal: bytes) -> None:
    try:
        certificate = x509.load_der_x509_certificate(base64.b64decode(chain[0]))
        public = certificate.public_key()
    except (ValueError, TypeError, IndexError, KeyError):
        raise InvalidValueError("el certificado de la firma no se puede leer") from None
    if not isinstance(public, rsa.RSAPublicKey):
        raise InvalidValueError("el certificado de la firma no es RSA")
    try:
        public.verify(seal, signed, padding.PKCS1v15(), algorithm)
    except InvalidSignature:
        raise InvalidValueError("la firma no corresponde a su certificado") from None


def _same(signed: bytes, statement: bytes) -> bool:
    """What was signed is the statement before the signature was added, and perhaps the timestamp."""
    check_statement(signed, version="2.0.0")
    said, kept = decode_object(signed), _unsigned(decode_object(statement))
    if "timestamp" not in said:
        kept.pop("timestamp", None)
    return digest_value(comparable(said)) == digest_value(comparable(kept))


def _unsigned(statement: dict[str, Any]) -> dict[str, Any]:
    others = [found for found in statement.get("attachments", []) if found.get("usageType") != USAGE]
    said = {key: value for key, value in statement.items() if key != "attachments"}
    return said | {"attachments": others} if others else said


def _json(part: bytes) -> dict[str, Any]:
    found = decode(_decode(part))
    if not isinstance(found, dict):
        raise ValueError
    return found


def _decode(part: bytes) -> bytes:
    return base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)

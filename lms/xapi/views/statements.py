"""``/xapi/statements`` (xAPI-Communication 2.1)."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.conf import settings
from django.core.files.storage import storages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date
from msgspec import UNSET, Raw

from lms.xapi.engines import consistent_through
from lms.xapi.models import Attachment, Scope, Statement
from lms.xapi.rules import signatures
from lms.xapi.rules.activities import parse_accept_language
from lms.xapi.rules.attachments import list_attachments
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import format_instant
from lms.xapi.rules.json_text import decode_exact
from lms.xapi.rules.multipart import boundary_of, iterate_parts
from lms.xapi.rules.speakers import Speaker
from lms.xapi.selectors.finding import Page, find_page, find_statement
from lms.xapi.selectors.formatting import reduce_to_ids, write_canonical
from lms.xapi.selectors.reading import Said
from lms.xapi.services.attachments import Received, keep_attachments, read_attachment, receive_part
from lms.xapi.services.storing import Prepared, prepare_statement, receive_statements
from lms.xapi.views.calls import Call, HttpError
from lms.xapi.views.endpoint import need_scope, resource
from lms.xapi.views.parameters import read_filter, read_flag, read_limit, read_uuid

CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
_LONGEST_SIGNATURE = 1024 * 1024
_SINGLE = ("statementId", "voidedStatementId")
_FILTERS = (
    "agent",
    "verb",
    "activity",
    "registration",
    "related_activities",
    "related_agents",
    "since",
    "until",
    "limit",
    "ascending",
)
_list = msgspec.json.Decoder(list[Raw]).decode


def _post(call: Call) -> HttpResponseBase:
    need_scope(call, Scope.STATEMENTS_WRITE)
    call.allow_only()
    with ExitStack() as files:
        text, received = _read_body(call, files)
        prepared = []
        for place, raw in enumerate(_split(text)):
            try:
                prepared.append(prepare_statement(raw, speaker=call.speaker, version=call.version))
            except InvalidValueError as error:
                raise error.under(f"[{place}]" if _is_list(text) else "") from None
        _keep(prepared, received)
    receive_statements(statements=prepared, speaker=call.speaker)
    return _json(msgspec.json.encode([str(statement.id) for statement in prepared]))


def _put(call: Call) -> HttpResponseBase:
    need_scope(call, Scope.STATEMENTS_WRITE)
    call.allow_only("statementId")
    statement_id = read_uuid(call, "statementId")
    with ExitStack() as files:
        text, received = _read_body(call, files)
        if _is_list(text):
            raise HttpError(400, "PUT guarda una sola declaración.")
        prepared = prepare_statement(
            text, speaker=call.speaker, version=call.version, expected_id=statement_id
        )
        _keep([prepared], received)
    receive_statements(statements=[prepared], speaker=call.speaker)
    return HttpResponse(status=204)


def _read_body(call: Call, files: ExitStack) -> tuple[bytes, list[Received]]:
    if call.media_type == "application/json":
        return _utf8(call.body()), []
    if call.media_type != "multipart/mixed":
        raise HttpError(400, "Content-Type debe ser application/json o multipart/mixed.")
    text, received = b"", []
    for place, part in enumerate(iterate_parts(call.read, boundary=boundary_of(call.content_type))):
        kind = str(part.headers.get("Content-Type", ""))
        if place == 0:
            if kind.split(";")[0].strip().lower() != "application/json":
                raise HttpError(400, "La primera parte debe ser application/json.")
            text = _utf8(_gather(part.chunks))
            continue
        if str(part.headers.get("Content-Transfer-Encoding", "")).strip().lower() != "binary":
            raise HttpError(400, "Cada adjunto lleva Content-Transfer-Encoding: binary.")
        sha2 = str(part.headers.get("X-Experience-API-Hash", "")).strip()
        if not sha2:
            raise HttpError(400, "Cada adjunto lleva X-Experience-API-Hash.")
        received.append(
            receive_part(
                chunks=part.chunks,
                sha2=sha2,
                limit=settings.XAPI_MAX_ATTACHMENT,
                files=files,
            )
        )
    return text, received


def _gather(chunks: Iterator[bytes]) -> bytes:
    parts, length = [], 0
    for chunk in chunks:
        length += len(chunk)
        if length > settings.XAPI_MAX_BODY:
            raise HttpError(413, f"Las declaraciones pueden ocupar hasta {settings.XAPI_MAX_BODY} bytes.")
        parts.append(chunk)
    return b"".join(parts)


def _utf8(text: bytes) -> bytes:
    try:
        text.decode()
    except UnicodeDecodeError as error:
        raise HttpError(400, f"El cuerpo no es UTF-8: byte {error.start}.") from None
    return text


def _is_list(text: bytes) -> bool:
    return text.lstrip(b" \t\r\n")[:1] == b"["


def _split(text: bytes) -> Sequence[bytes]:
    if not _is_list(text):
        return [text]
    try:
        return [bytes(raw) for raw in _list(text)]
    except (msgspec.MsgspecError, RecursionError) as error:
        raise HttpError(400, f"JSON mal formado: {error}") from None


def _keep(prepared: Sequence[Prepared], received: Sequence[Received]) -> None:
    """Every part belongs to a statement, every attachment has its part or an address (2.4.11)."""
    arrived = {part.sha2: part for part in received}
    claimed: set[str] = set()
    for place, statement in enumerate(prepared):
        for attachment in _attachments(statement):
            sha2 = attachment.sha2.lower()
            claimed.add(sha2)
            part = arrived.get(sha2)
            if part is None and attachment.fileUrl is UNSET:
                raise HttpError(400, f"Falta el adjunto {sha2}.", f"$[{place}].attachments")
            if attachment.usageType == signatures.USAGE:
                _check_signed(statement, attachment, part)
    extra = set(arrived) - claimed
    if extra:
        raise HttpError(400, f"Ninguna declaración menciona el adjunto {sorted(extra)[0]}.")
    keep_attachments(received=received, storage=storages["xapi"])


def _attachments(statement: Prepared) -> list[Any]:
    found = list(statement.checked.shape.attachments or [])
    inner = getattr(statement.checked.object, "attachments", UNSET)
    return found + list(inner or [])


def _check_signed(statement: Prepared, attachment: Any, part: Received | None) -> None:
    if attachment.contentType != signatures.CONTENT_TYPE:
        raise InvalidValueError(f"una firma es {signatures.CONTENT_TYPE}", ".attachments")
    if part is None:
        raise InvalidValueError("una firma viaja con su declaración", ".attachments")
    signatures.check_signature(part.read_all(at_most=_LONGEST_SIGNATURE), statement=statement.checked.raw)


def _get(call: Call) -> HttpResponseBase:
    need_scope(call, Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE)
    call.allow_only(*_SINGLE, *_FILTERS, "format", "attachments", "cursor")
    form = call.params.get("format", "exact")
    if form not in ("exact", "ids", "canonical"):
        raise HttpError(400, "format debe ser exact, ids o canonical.", "format")
    attached = read_flag(call, "attachments")
    if any(name in call.params for name in _SINGLE):
        return _get_one(call, form, attached=attached)
    return _get_many(call, form, attached=attached)


def _get_one(call: Call, form: str, *, attached: bool) -> HttpResponseBase:
    others = set(call.params) - {"format", "attachments"}
    if len(others) != 1:
        raise HttpError(400, "statementId y voidedStatementId no se combinan con otros parámetros.")
    name = others.pop()
    found = find_statement(statement_id=read_uuid(call, name), voided=name == "voidedStatementId")
    if found is None or not _may_read(call.speaker, found):
        raise HttpError(404, "No hay una declaración con ese id.")
    text = _format(call, form, [found])[0]
    response = _multipart(text, [found]) if attached else _json(text)
    response["Last-Modified"] = http_date(found.stored.timestamp())
    return response


def _may_read(speaker: Speaker, statement: Statement) -> bool:
    """All with statements/read; else what it stated itself, and a launch within its registration."""
    if speaker.may(Scope.STATEMENTS_READ):
        return True
    return Said(statement.position, statement.raw).vouched_by == speaker.key


def _get_many(call: Call, form: str, *, attached: bool) -> HttpResponseBase:
    wanted = read_filter(call)
    page = find_page(wanted=wanted, limit=read_limit(call))
    texts = _format(call, form, page.statements)
    more = _more(call, page)
    text = b'{"statements":[' + b",".join(texts) + b'],"more":' + msgspec.json.encode(more) + b"}"
    response = _multipart(text, page.statements) if attached else _json(text)
    if page.statements:
        newest = page.statements[-1 if wanted.ascending else 0]
        response["Last-Modified"] = http_date(newest.stored.timestamp())
    return response


def _more(call: Call, page: Page) -> str:
    """A relative IRL that keeps every parameter; empty at the end (xAPI-Data 2.5)."""
    if page.next_after is None:
        return ""
    return f"{call.path}?{urlencode({**call.params, 'cursor': page.next_after})}"


def _format(call: Call, form: str, statements: Sequence[Statement]) -> list[bytes]:
    if form == "ids":
        return [reduce_to_ids(decode_exact(statement.text)) for statement in statements]
    if form == "canonical":
        return write_canonical(
            [decode_exact(statement.text) for statement in statements],
            languages=parse_accept_language(call.accept_language),
        )
    return [statement.text for statement in statements]


def _json(text: bytes) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")


def _multipart(text: bytes, statements: Sequence[Statement]) -> HttpResponseBase:
    """The JSON, then each file once, streamed; multipart even without files (xAPI_LRS_Test#55)."""
    wanted: dict[str, str] = {}
    for statement in statements:
        for attachment in list_attachments(statement.raw):
            wanted.setdefault(attachment["sha2"].lower(), attachment["contentType"])
    found = Attachment.objects.in_bulk(list(wanted))
    # Another one each time: whoever stores a file cannot write its end into it.
    boundary = secrets.token_hex(24)
    files = [(found[sha2], kind) for sha2, kind in wanted.items() if sha2 in found]
    return StreamingHttpResponse(
        _parts(text, files, boundary.encode()), content_type=f"multipart/mixed; boundary={boundary}"
    )


def _parts(text: bytes, files: Sequence[tuple[Attachment, str]], boundary: bytes) -> Iterator[bytes]:
    yield b"--" + boundary + b"\r\nContent-Type: application/json\r\n\r\n" + text
    for attachment, kind in files:
        # The header is rebuilt from a checked media type, without line breaks.
        head = (
            f"Content-Type: {kind}\r\nContent-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {attachment.sha2}\r\n\r\n"
        )
        yield b"\r\n--" + boundary + b"\r\n" + head.encode()
        yield from read_attachment(attachment=attachment, storage=storages["xapi"])
    yield b"\r\n--" + boundary + b"--\r\n"


def _through() -> dict[str, str]:
    """On every answer to a GET, whatever its status (xAPI-Communication 2.1.3.s2.b5)."""
    return {CONSISTENT_THROUGH: format_instant(consistent_through())}


statements = resource({"GET": _get, "POST": _post, "PUT": _put}, headers=_through)

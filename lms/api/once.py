"""``Idempotency-Key``: a call that is sent twice acts once and is answered alike."""

import hashlib
import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lms.api.auth import Visit
from lms.api.problems import FieldProblem, Problem, ProblemError
from lms.api.schemas.base import Document
from lms.api.services.calls import CallInProgressError, KeyReusedError, begin_call, finish_call, forget_call

HEADER = "Idempotency-Key"
LONGEST_KEY = 80


def answer_once(
    *, request: HttpRequest, visit: Visit, digest: str, status: int, act: Callable[[], Document]
) -> HttpResponse:
    """Act, or answer as the first time; without the header, act.

    Raises:
        ProblemError: the key is no key, was used for something else or is being worked on; or from ``act``.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        return _response(status, act().model_dump(mode="json"))
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        detail = _("debe tener entre 1 y 80 letras, números o signos.")
        raise ProblemError(Problem.INVALID_REQUEST, errors=[FieldProblem(f"header.{HEADER}", detail)])
    token_id = visit.caller.token_id
    try:
        earlier = begin_call(token_id=token_id, key=key, request_hash=_hash(request, digest), at=visit.at)
    except KeyReusedError:
        raise ProblemError(Problem.CONFLICT, _("Esa clave ya se usó con otra solicitud. Usa otra.")) from None
    except CallInProgressError:
        raise ProblemError(
            Problem.CONFLICT, _("La misma solicitud se está procesando. Espera y repítela.")
        ) from None
    if earlier is not None:
        return _response(earlier.status or status, earlier.body or {}, is_repeated=True)
    try:
        body = act().model_dump(mode="json")
    except BaseException:
        forget_call(token_id=token_id, key=key)
        raise
    finish_call(token_id=token_id, key=key, status=status, body=body)
    return _response(status, body)


def _hash(request: HttpRequest, digest: str) -> str:
    what = f"{request.method} {request.get_full_path()} {request.content_type} {digest}"
    return hashlib.sha256(what.encode(errors="replace")).hexdigest()


def _response(status: int, body: dict[str, object], *, is_repeated: bool = False) -> HttpResponse:
    headers = {"Idempotency-Replayed": "true"} if is_repeated else {}
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type="application/json; charset=utf-8", headers=headers)

"""What every resource shares: version, credentials, errors, HEAD, other origins."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from lms.lib import clock
from lms.xapi.platform import credential_keys, current_platform
from lms.xapi.rules.credentials import LAUNCH_PREFIX, parse_basic
from lms.xapi.rules.documents import PreconditionError
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.speakers import SpeechError
from lms.xapi.selectors.credentials import find_speaker
from lms.xapi.services.attachments import TooLargeError
from lms.xapi.services.storing import StatementConflictError
from lms.xapi.views.calls import BEFORE_1, LATEST_1, Call, HttpError, check_version, invalid, read_call

Handler = Callable[[Call], HttpResponseBase]
VERSION_HEADER = "X-Experience-API-Version"
_ALLOWED_HEADERS = (
    "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, Accept-Language, "
    "X-Experience-API-Hash, Content-Transfer-Encoding"
)
_EXPOSED_HEADERS = "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"


def resource(
    handlers: Mapping[str, Handler],
    *,
    open_to_all: bool = False,
    headers: Callable[[], Mapping[str, str]] = dict,
) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view of a resource, from one handler per method. HEAD is a GET without its body.

    ``headers`` come before the handler runs and go with every answer to a GET, refusals too.
    """

    @csrf_exempt
    @login_not_required
    def view(request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _with_origin(request, _preflight(handlers))
        version = LATEST_1
        more: Mapping[str, str] = {}
        try:
            more = headers() if request.method in ("GET", "HEAD") else {}
            call = read_call(request)
            if call.method in ("GET", "HEAD"):
                more = more or headers()
            version = call.answer_version if call.version or open_to_all else BEFORE_1
            response = _answer(request, call, handlers, open_to_all=open_to_all)
        except HttpError as error:
            response = _refusal(request, error)
        for name, value in more.items():
            response[name] = value
        response[VERSION_HEADER] = version
        if request.method == "HEAD":
            response = _without_body(response)
        return _with_origin(request, response)

    return view


def _without_body(response: HttpResponseBase) -> HttpResponse:
    """The same headers; the length is that of the body which is not sent, where it is known."""
    empty = HttpResponse(status=response.status_code)
    for name, value in response.items():
        empty[name] = value
    if isinstance(response, HttpResponse):
        empty["Content-Length"] = str(len(response.content))
    response.close()
    return empty


def _answer(
    request: HttpRequest, call: Call, handlers: Mapping[str, Handler], *, open_to_all: bool
) -> HttpResponseBase:
    if not open_to_all:
        check_version(call)
        speaker = find_speaker(
            header=call.authorization,
            keys=credential_keys(),
            base_iri=current_platform().base_iri,
            at=clock.now(),
        )
        if speaker is None:
            raise HttpError(401, "Faltan credenciales válidas.")
        call.speaker = speaker
    handler = handlers.get("GET" if call.method == "HEAD" else call.method)
    if handler is None:
        raise HttpError(405, f"Este recurso no admite {call.method}.")
    try:
        return handler(call)
    except InvalidValueError as error:
        raise invalid(error) from None
    except SpeechError as error:
        raise HttpError(403, str(error)) from None
    except StatementConflictError as error:
        raise HttpError(409, str(error)) from None
    except PreconditionError as error:
        raise HttpError(error.status, str(error)) from None
    except TooLargeError as error:
        raise HttpError(413, str(error)) from None


def _refusal(request: HttpRequest, error: HttpError) -> HttpResponse:
    said = {"error": error.reason}
    if error.path:
        said["path"] = error.path
    response = JsonResponse(said, status=error.status, json_dumps_params={"ensure_ascii": False})
    if error.status == 401 and not _is_script(request):
        response["WWW-Authenticate"] = 'Basic realm="xAPI", charset="UTF-8"'
    return response


def _is_script(request: HttpRequest) -> bool:
    """A course package in a browser: asked for a password, the browser would ask the learner."""
    if any(name in request.headers for name in ("Origin", "Sec-Fetch-Mode", "Referer")):
        return True
    given = parse_basic(request.headers.get("Authorization", ""))
    return given is not None and given[0].startswith(LAUNCH_PREFIX)


def _preflight(handlers: Mapping[str, Handler]) -> HttpResponse:
    response = HttpResponse(status=204)
    response["Allow"] = ", ".join([*handlers, "HEAD", "OPTIONS"])
    return response


def _with_origin(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Only origins of the setting may read answers; never with cookies."""
    origin = request.headers.get("Origin")
    if origin and origin in settings.XAPI_ALLOWED_ORIGINS:
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Expose-Headers"] = _EXPOSED_HEADERS
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, PUT, POST, DELETE"
            response["Access-Control-Allow-Headers"] = _ALLOWED_HEADERS
            response["Access-Control-Max-Age"] = "600"
    if settings.XAPI_ALLOWED_ORIGINS:
        response["Vary"] = "Origin"
    return response


def need_scope(call: Call, *scopes: str) -> None:
    """Raises:
    HttpError: 403, the credential has none of them.
    """
    if not call.speaker.may(*scopes):
        raise HttpError(403, f"Esta credencial no tiene el permiso {' o '.join(scopes)}.")

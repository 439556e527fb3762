"""Verifying, for anyone with a code; and the stored PDF, for the pages of its holder."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt

from certificates import clock, misses
from certificates.forms import CodeForm, NameForm
from certificates.models import Certificate
from certificates.presentation import unknown_verdict, verdict_of
from certificates.rules import CertificateStatus, format_code, is_well_formed, names_match, normalise_code
from certificates.selectors import VerificationView, find_by_code, find_file, read_file, verification

View = Callable[..., HttpResponse]


def shielded(*methods: str) -> Callable[[View], View]:
    """For pages whose address is a secret: not kept, not indexed, not passed on, not logged.

    The referrer is cut down to the origin rather than left out: without one, browsers send
    ``Origin: null`` and the page's log-out form would be refused.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            allowed = request.method in methods
            response = view(request, *args, **kwargs) if allowed else HttpResponseNotAllowed(methods)
            response["Cache-Control"] = "private, no-store"
            response["X-Robots-Tag"] = "noindex, noarchive"
            response["Referrer-Policy"] = "strict-origin"
            # Django writes the address of every 4xx to the log; this is its own mark for "done already".
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

        return answer

    return decorate


# Both forms only read: a forged question learns nothing, and a visitor needs no cookie to ask.
@login_not_required
@csrf_exempt
@shielded("GET", "HEAD", "POST")
def verify_form(request: HttpRequest) -> HttpResponse:
    """The form; a code sent to it leads to the address of that code."""
    data = request.POST if request.method == "POST" else request.GET
    if "codigo" not in data:
        return _page(request, form=CodeForm())
    form = CodeForm(data)
    if not form.is_valid():
        return _page(request, form=form)
    typed = form.cleaned_data["codigo"]
    code = normalise_code(typed)
    if is_well_formed(code):
        return redirect("certificates:verify", code=format_code(code))
    return _unknown(request, typed=typed, at=clock.now())


@login_not_required
@csrf_exempt
@shielded("GET", "HEAD", "POST")
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """The page of one code; a name sent to it is compared with the one on the certificate."""
    canonical = normalise_code(code)
    if is_well_formed(canonical) and code != format_code(canonical):
        return redirect("certificates:verify", code=format_code(canonical))
    at = clock.now()
    certificate = find_by_code(code=code)
    if certificate is None:
        return _unknown(request, typed=code, at=at)
    view = verification(certificate=certificate, on=clock.local_date(at))
    if request.method == "POST" and view.can_compare_name:
        return _compare_name(request, certificate, view, at=at)
    return _result(request, view, at=at, name_form=NameForm())


@login_not_required
@shielded("GET", "HEAD")
def verify_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same facts for programs. Keys without a value are left out."""
    at = clock.now()
    certificate = find_by_code(code=code)
    if certificate is None:
        brake = misses.count_unknown_code(client=misses.client_network(request), at=at)
        if brake.is_on:
            return _retry_later(JsonResponse({"status": "too_many_requests"}, status=429), brake)
        return JsonResponse({"status": "unknown"}, status=404)
    view = verification(certificate=certificate, on=clock.local_date(at))
    return JsonResponse(_plain(view), status=_http_status(view))


def pdf_response(certificate: Certificate) -> HttpResponse:
    """The stored PDF as a download; who may have it is for the caller to decide.

    Call ``services.ensure_pdf`` before.

    Raises:
        Http404: it has not been drawn.
        CertificateFileDamagedError: the stored bytes are not those issued.
    """
    file = find_file(certificate=certificate)
    if file is None:
        raise Http404
    facts = certificate.achieved
    course = slugify(facts.course_title)[:60].strip("-") if facts is not None else ""
    name = "-".join(part for part in ("certificado", course, certificate.formatted_code) if part)
    response = HttpResponse(read_file(file=file), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _compare_name(
    request: HttpRequest, certificate: Certificate, view: VerificationView, *, at: datetime
) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return _result(request, view, at=at, name_form=form)
    client = misses.client_network(request)
    brake = misses.name_brake(client=client, code=certificate.code, at=at)
    if brake.is_on:
        return _too_many(request, brake)
    matches = names_match(form.cleaned_data["nombre"], certificate.recipient_name)
    if not matches:
        misses.count_wrong_name(client=client, code=certificate.code, at=at)
    return _result(request, view, at=at, name_form=form, name_matches=matches, name_differs=not matches)


def _result(request: HttpRequest, view: VerificationView, *, at: datetime, **context: Any) -> HttpResponse:
    return _page(
        request,
        form=CodeForm(initial={"codigo": view.code}),
        verdict=verdict_of(view=view),
        view=view,
        consulted_at=at,
        status=_http_status(view),
        **context,
    )


def _unknown(request: HttpRequest, *, typed: str, at: datetime) -> HttpResponse:
    """One answer for a code that cannot be one and for a code that nobody has."""
    brake = misses.count_unknown_code(client=misses.client_network(request), at=at)
    if brake.is_on:
        return _too_many(request, brake)
    return _page(request, form=CodeForm(initial={"codigo": typed}), verdict=unknown_verdict(), status=404)


def _page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, "certificates/verify.html", context, status=status)


def _too_many(request: HttpRequest, brake: misses.Brake) -> HttpResponse:
    return _retry_later(render(request, "certificates/too_many.html", status=429), brake)


def _retry_later(response: HttpResponse, brake: misses.Brake) -> HttpResponse:
    response["Retry-After"] = str(brake.retry_after)
    return response


def _http_status(view: VerificationView) -> int:
    return 410 if view.status == CertificateStatus.ERASED else 200


def _plain(view: VerificationView) -> dict[str, Any]:
    course = {
        "title": view.course_title,
        "code": view.course_code,
        "release": view.release_label,
        "minutes": view.minutes,
    }
    values = {
        "status": view.status.value,
        "code": view.code,
        "name": view.recipient_name,
        "run_masked": view.run_masked,
        "course": {key: value for key, value in course.items() if value},
        "institution": view.institution_name,
        "issuer": view.issuer,
        "commitment": view.commitment_number,
        "assurance": view.assurance,
        "issued_on": view.issued_on,
        "valid_until": view.valid_until,
        "revoked_on": view.revoked_on,
        "revoked_reason": view.revoked_reason,
        "replaced_by": view.replaced_by,
        "pdf_sha256": view.sha256,
    }
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in values.items() if value
    }
